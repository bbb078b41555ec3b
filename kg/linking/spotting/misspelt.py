"""Misspelt titles and names: words that are no English, near to something famous."""

from collections.abc import Iterator, Sequence

from kg.linking.fuzzy import NameIndex
from kg.linking.lexicon import Lexicon
from kg.linking.ordinary import ordinary_english
from kg.linking.people import SURNAME, PeopleIndex
from kg.linking.spotting.titles import Sureness, Window
from kg.linking.spotting.tokens import Token
from kg.linking.titles import TitleIndex
from kg.linking.types import MentionKind

_FAMOUS_TITLES, _FAMOUS_PEOPLE = 2_500, 1_500
_AT_MOST = 10
_LEAST_LETTERS = 6
_WORDS = 4


class MisspeltFinder:
    """Compares only words that are in no dictionary, and only with what is famous. Immutable."""

    def __init__(self, titles: TitleIndex, people: PeopleIndex, lexicon: Lexicon) -> None:
        self._english = ordinary_english()
        self._lexicon = lexicon
        names: dict[str, MentionKind] = {}
        for title in titles.titles[:_FAMOUS_TITLES]:
            names.setdefault(title.key, "item")
        names.update((head, "item") for head in titles.heads if titles.beginning_with(head)[:1] < [_FAMOUS_TITLES])
        for place, person in enumerate(people.people[:_FAMOUS_PEOPLE]):
            names.setdefault(person.key, "person")
            surname = person.key.rpartition(" ")[2]
            first = people.keys.get(surname, [(place, SURNAME)])[0]
            if first == (place, SURNAME):
                names.setdefault(surname, "person")
        for saying, meanings in lexicon.meanings.items():
            if meanings[0].kind in ("genre", "country") and " " not in saying and saying.isascii():
                names.setdefault(saying, meanings[0].kind)
        self._known = frozenset(names)
        self._kinds = [(name, kind) for name, kind in names.items() if self._is_telling(name, kind)]
        self._index = NameIndex([name for name, _ in self._kinds])

    def windows(self, tokens: Sequence[Token], free: Sequence[bool]) -> Iterator[tuple[Window, MentionKind]]:
        """Yields the best reading of each unknown word with its neighbours."""
        unknown = [place for place, token in enumerate(tokens) if free[place] and self._is_unknown(token.key)]
        for place in unknown[:_AT_MOST]:
            best = max(self._readings(tokens, free, place), default=None)
            if best is not None:
                similarity, start, end, kind = best
                yield Window(start, end, start, Sureness.YES, similarity), kind

    def _readings(
        self, tokens: Sequence[Token], free: Sequence[bool], place: int
    ) -> Iterator[tuple[float, int, int, MentionKind]]:
        for start in range(max(0, place - _WORDS + 1), place + 1):
            for end in range(place + 1, min(len(tokens), start + _WORDS) + 1):
                inside = all(free[start:end]) and not any(token.apart for token in tokens[start + 1 : end])
                name = " ".join(token.key for token in tokens[start:end])
                if not inside or len(name) < _LEAST_LETTERS or self._is_loose(tokens[start], tokens[end - 1]):
                    continue
                cutoff = 0.86 if end - start > 1 or len(name) > 9 else 0.87
                for position, similarity in self._index.near(name, cutoff, limit=1):
                    if name in (self._kinds[position][0] + "s", self._kinds[position][0].removesuffix("s")):
                        continue
                    yield similarity + 0.01 * (end - start), start, end, self._kinds[position][1]

    def _is_loose(self, first: Token, last: Token) -> bool:
        """Whether the words begin or end with one that any sentence may hold ("a decent one")."""
        return first.key in self._english.closed or last.key in self._english.closed or first.key == "the"

    def _is_unknown(self, key: str) -> bool:
        known = self._english.known(key) or self._english.known(key.removesuffix("s")) or key in self._known
        return len(key) > 3 and key.isascii() and key.isalpha() and not known and not self._lexicon.at(key)

    def _is_telling(self, name: str, kind: MentionKind) -> bool:
        """A title or name of one ordinary word is not what an unknown word is taken for."""
        plain = kind not in ("item", "person") or " " in name or not self._english.known(name)
        return len(name) >= _LEAST_LETTERS and plain
