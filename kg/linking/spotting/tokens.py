"""An utterance as words with their places, each in the spelling that titles and names are compared in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.linking.ordinary import EVERYDAY, ordinary_english
from kg.text import fold

_UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?"  # initials: E.T., J.K.
    rf"|[{_UNSPACED}]+"  # a run without blanks: Chinese, Japanese, Korean
    r"|&|(?<=\s)\+(?=\s)"
    r"|(?:[^\W_]|[\u0300-\u036f\u0900-\u0dff])+(?:['’][^\W_]+)*"
)
_NUMERALS = "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_ROMAN = {name: str(number) for number, name in enumerate(_NUMERALS.split(), start=2)}
_OPENING = re.compile(r"[.!?。！？…:\n\r;\"“(\[•]|^\s*[-–]")
_BREAK = re.compile(r"[^\s'’\-–—:.&]|\n|[.:]\s")
_SUBTITLE = re.compile(r"[:–—]|\s-\s")
_NO_CAPITALS = 0.65


@dataclass(frozen=True, slots=True)
class Token:
    """A word. `key` is its folded spelling, `before` the text between it and the word before.

    `upper`: its first letter is a capital. `capital`: that capital says something, because it does not open a sentence
    and not every word of the utterance has one. `possessive`: it ends with 's.
    """

    start: int
    end: int
    key: str
    before: str
    opening: bool
    upper: bool
    capital: bool
    possessive: bool

    @property
    def later(self) -> str:
        """The key as it is written behind the first word of a title: II is 2."""
        return _ROMAN.get(self.key, self.key)

    @property
    def apart(self) -> bool:
        """Whether a comma, a full stop or the like parts it from the word before."""
        return bool(_BREAK.search(self.before))


def tokenise(text: str) -> list[Token]:
    """Returns the words of the text in order; places are offsets in characters."""
    matches = list(_TOKEN.finditer(text))
    telling = not _all_capitals([match.group() for match in matches])
    tokens = []
    end = 0
    for position, match in enumerate(matches):
        word, before, end = match.group(), text[end : match.start()], match.end()
        opening = position == 0 or bool(_OPENING.search(before))
        upper = word[0].isupper()
        capital = upper and telling and not opening and not re.match(r"I(?:$|['’])", word)
        possessive = word.endswith(("'s", "’s"))
        tokens.append(Token(match.start(), end, _key(word), before, opening, upper, capital, possessive))
    return tokens


def is_unspaced(key: str) -> bool:
    """Returns whether the word has writing that puts no blanks between words (90年代的爱情片)."""
    return re.search(f"[{_UNSPACED}]", key) is not None


def window_key(tokens: Sequence[Token], start: int, end: int) -> str:
    """Returns the words from `start` to before `end` as `normalise_title` writes them: Rocky II is `rocky 2`."""
    words = [tokens[start].key]
    for place in range(start + 1, end):
        token = tokens[place]
        closes = place + 1 == end or bool(_SUBTITLE.search(tokens[place + 1].before))
        words.append(token.later if len(token.key) > 1 or closes else token.key)
    return " ".join(words)


def _key(word: str) -> str:
    if word in ("&", "+"):
        return "and"
    return fold(word).replace(".", "").replace("'", "").replace("’", "")


def _all_capitals(words: Sequence[str]) -> bool:
    """Whether nearly all words begin with a capital, the everyday ones too, so that a capital says nothing."""
    letters = [word for word in words if word[0].isalpha() and len(word) > 1]
    small = (word for word in letters if word[0].islower())
    if any(ordinary_english().rarity(word) <= EVERYDAY for word in small):
        return False
    return len(letters) > 2 and sum(word[0].isupper() for word in letters) > _NO_CAPITALS * len(letters)
