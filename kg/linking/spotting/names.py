"""People in an utterance: full names, nicknames, and the surnames that one famous person is known by."""

from collections.abc import Iterator, Sequence

from kg.linking.ordinary import ordinary_english
from kg.linking.people import FIRST_NAME, SHORTER, SURNAME, PeopleIndex
from kg.linking.spotting.evidence import calls_for_person
from kg.linking.spotting.titles import Sureness, Window
from kg.linking.spotting.tokens import Token
from kg.linking.spotting.windows import longest_by_first_word

# About the 600 best known of 65,000 people have a surname that needs no first name.
_FAMOUS = 2.0
# The next bearer of the surname must be three times less known.
_UNRIVALLED = 0.5
_INITIALS = frozenset("abcdefghijklmnopqrstuvwxyz")


class NameFinder:
    """Knows which words can be names. Immutable."""

    def __init__(self, people: PeopleIndex) -> None:
        self._people = people
        self._english = ordinary_english()
        self._longest = longest_by_first_word((*people.keys, *people.aliases))

    def windows(self, tokens: Sequence[Token]) -> Iterator[Window]:
        """Yields every place where a person is named."""
        for start, token in enumerate(tokens):
            first = token.key[:-1] if token.possessive else token.key
            reach = self._longest.get(first, 0) + (2 if token.key in _INITIALS else 1)
            for end in range(start + 1, min(len(tokens), start + reach) + 1):
                if end - start > 1 and tokens[end - 1].apart:
                    break
                key = _name_key(tokens, start, end)
                if self._names_person(tokens, start, end, key):
                    trim = 2 if tokens[end - 1].possessive else 0
                    yield Window(start, end, start, Sureness.YES, end - start + 0.2, trim)

    def _names_person(self, tokens: Sequence[Token], start: int, end: int, key: str) -> bool:
        bearers = self._people.keys.get(key, ())
        capitals = all(token.capital or (token.opening and token.upper) for token in tokens[start:end])
        ordinary = self._english.is_ordinary(key) or key in self._english.closed
        if key in self._people.aliases:
            return not ordinary or (capitals and not tokens[start].opening) or calls_for_person(tokens, start, end)
        if end - start > 1 and any(quality >= SHORTER for _, quality in bearers):
            return not ordinary or capitals or calls_for_person(tokens, start, end)
        return bool(bearers) and self._is_famous_surname(tokens, start, end, key, ordinary)

    def _is_famous_surname(self, tokens: Sequence[Token], start: int, end: int, key: str, ordinary: bool) -> bool:
        fames = sorted(
            (self._people.people[place].fame for place, quality in self._people.keys[key] if quality >= SURNAME),
            reverse=True,
        )
        if not fames or fames[0] < _FAMOUS or (len(fames) > 1 and fames[0] - fames[1] < _UNRIVALLED):
            return False
        if any(quality == FIRST_NAME for _, quality in self._people.keys[key]) and ordinary:
            return False
        capital = all(token.capital for token in tokens[start:end])
        cue = calls_for_person(tokens, start, end)
        alone = not _beside_capital(tokens, start, end)
        return (capital and cue and alone) if ordinary else (capital and alone) or cue


def _name_key(tokens: Sequence[Token], start: int, end: int) -> str:
    """The words as `normalise_name` writes them: initials together, no possessive."""
    words = [token.key for token in tokens[start:end]]
    if tokens[end - 1].possessive:
        words[-1] = words[-1][:-1]
    joined = " ".join(words)
    if any(len(word) == 1 for word in words):
        for place in range(len(words) - 1, 0, -1):
            if len(words[place]) == 1 and len(words[place - 1]) == 1:
                words[place - 1 : place + 1] = [words[place - 1] + words[place]]
        joined = " ".join(words)
    return joined


def _beside_capital(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the name goes on beyond the words: "Nolan" in "Jeanette Nolan" is not Christopher."""
    left = start > 0 and tokens[start - 1].capital and not tokens[start].apart
    right = end < len(tokens) and tokens[end].capital and not tokens[end].apart
    return left or right
