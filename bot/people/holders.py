"""Who holds a taste: the one who talks (""), somebody by their role ("my wife"), or somebody by name ("Ann"). Pure."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ME = ""
EVERYONE = "*"
_MINE = "my "


@dataclass(frozen=True, slots=True)
class Role:
    """How a role is called, first as we call it ourselves. `alone`: also without "my"; `pronoun` may be ""."""

    name: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    pronoun: str = ""
    alone: bool = False


@cache
def roles() -> dict[str, Role]:
    """Returns the roles by name."""
    table = tomllib.loads(files(__package__).joinpath("roles.toml").read_text(encoding="utf-8"))
    return {
        name: Role(name, tuple(row["en"]), tuple(row["zh"]), row.get("is", ""), row.get("alone", False))
        for name, row in table.items()
    }


@cache
def _role_of_word() -> dict[str, str]:
    return {word: role.name for role in roles().values() for word in (*role.en, *role.zh)}


def role_of(holder: str) -> Role | None:
    """Returns the role of a holder such as "my wife" or "Ann's wife"; None for one who is known by name."""
    return roles().get(holder.rsplit(" ", 1)[-1]) if holder.startswith(_MINE) or "'s " in holder else None


def owner_of(holder: str) -> str:
    """Returns by whom a holder is called so: "Ann" for "Ann's wife", "" for "my wife" and for a name."""
    return holder.rsplit("'s ", 1)[0] if role_of(holder) and not holder.startswith(_MINE) else ME


def of_role(role: str, speaker: str = ME) -> str:
    """Returns the holder that a speaker means by a role: "my wife", or in a talk of several "Ann's wife"."""
    return f"{speaker}'s {role}" if speaker else f"{_MINE}{role}"


def alternation(words: Sequence[str]) -> str:
    """Returns the words as alternatives of a pattern, longest first; one that matches nothing where there are none."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


_WORDS = [word for role in roles().values() for word in role.en]
_ALONE = [word for role in roles().values() if role.alone for word in role.en]
_WORDS_ZH = [word for role in roles().values() for word in role.zh]
_OF_AGE = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)[- ]?(?:year|yr)s?[- ]?olds?"
_ADJECTIVE = (
    r"(?:little|old|older|elder|young|younger|youngest|oldest|eldest|big|dear|lovely|best|good|close|two|three|four|"
    rf"teenage|own|new|late|{_OF_AGE})"
)
_NAME = r"[A-Z][a-zà-öø-ÿ]+(?:-[A-Z][a-zà-öø-ÿ]+)?"
# Words that begin a sentence or a title, and that nobody is called.
# fmt: off
_NO_NAMES = frozenset((
    "I", "A", "An", "The", "He", "She", "It", "They", "We", "You", "This", "That", "These", "Those", "There", "Here",
    "Who", "What", "Which", "When", "Where", "Why", "How", "Everyone", "Everybody", "Nobody", "Someone", "Somebody",
    "Anyone", "Anybody", "Something", "Anything", "Nothing", "Everything", "People", "Both", "All", "None", "One",
    "Some", "Most", "Many", "Half", "My", "Our", "Your", "His", "Her", "Their", "And", "But", "Or", "So", "If", "As",
    "Because", "Since", "Although", "Maybe", "Perhaps", "Yes", "No", "Not", "Never", "Just", "Only", "Also", "Then",
    "Now", "Today", "Tonight", "Please", "Hi", "Hello", "Hey", "Thanks", "Ok", "Okay", "Well", "Oh", "Sorry", "Sure",
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Christmas", "Halloween", "Netflix",
    "God", "Hollywood", "Me", "For", "With", "By", "From", "Really", "Actually", "Still", "While", "Whereas", "Though",
))
# fmt: on


class Naming:
    """The patterns of everybody that a speaker may name, given the people known already."""

    def __init__(self, known: Sequence[str] = (), speaker: str = ME) -> None:
        names = [holder for holder in known if holder and role_of(holder) is None]
        self._known = {name.casefold(): name for name in names}
        self.speaker = speaker
        self._pronouns = [holder for holder in reversed(list(known)) if holder not in (ME, speaker)]
        called = rf"|(?i:\b(?:{alternation(names)})\b)" if names else ""
        role = rf"(?i:\b(?:my|our|the)\s+(?:{_ADJECTIVE}\s+)*(?:{alternation(_WORDS)})\b)(?:,?\s+{_NAME}\b(?!['’]))?"
        alone = rf"(?i:\b(?:{alternation(_ALONE)})\b)"
        self.one = rf"(?:{role}{called}|{alone}|(?<![A-Z][a-z]\s)\b{_NAME}\b)"
        self.or_me = rf"(?:{self.one}|\b(?:I|me|myself)\b)"
        self.some = rf"(?:(?i:both )?{self.or_me}(?:(?:,\s*{self.or_me})*,?\s*(?i:and|&|plus)\s+{self.or_me})?)"
        self.some_zh = rf"(?:(?:我的?|咱们?)?(?:{alternation(_WORDS_ZH)})们?{called}|(?:小|阿)[\u4e00-\u9fff]|我)"
        self.each = re.compile(self.or_me)
        self.each_zh = re.compile(self.some_zh)

    def holders(self, words: str) -> tuple[str, ...]:
        """Returns whom the words name, each once, in order; () for nobody."""
        found = [self._holder(match.group()) for match in self.each.finditer(words)]
        if not found:
            found = [self._holder(match.group()) for match in self.each_zh.finditer(words)]
        return tuple(dict.fromkeys(holder for holder in found if holder is not None))

    def by_role(self, words: str) -> tuple[str, ...]:
        """Returns the people that the words name by their role."""
        return tuple(holder for holder in self.holders(words) if role_of(holder))

    def meant_by(self, pronoun: str) -> str | None:
        """Returns who was last spoken of that "she", "he" or "they" may mean; None for nobody."""
        for holder in self._pronouns:
            role = role_of(holder)
            fits = role.pronoun in ("", pronoun) if role else pronoun != "they"
            if fits:
                return holder
        return None

    def spoken_of(self, holders: Sequence[str]) -> None:
        """Notes who was just spoken of: pronouns mean them first."""
        for holder in holders:
            if holder not in (ME, self.speaker, EVERYONE):
                self._pronouns = [holder, *(other for other in self._pronouns if other != holder)]

    def _holder(self, words: str) -> str | None:
        plain = re.sub(r"^(my|our|the|both)\s+", "", words, flags=re.IGNORECASE)
        if plain.casefold() in self._known:
            return self._known[plain.casefold()]
        if plain in ("I", "me", "myself", "我"):
            return self.speaker
        role = next(self._roles_in(words), None)
        if role:
            name = re.search(rf"(?<=\s){_NAME}$", words)
            return name.group() if name and name.group() not in _NO_NAMES else of_role(role, self.speaker)
        if not words[:1].isascii():
            return words
        return None if words in _NO_NAMES else words

    @staticmethod
    def _roles_in(words: str) -> Iterator[str]:
        english = re.search(rf"\b(?:{alternation(_WORDS)})\b", words, re.IGNORECASE)
        chinese = re.search(alternation(_WORDS_ZH), words)
        for match in (english, chinese):
            if match:
                yield _role_of_word()[match.group().lower()]
