"""People in an utterance: full names, nicknames, and the surnames that one famous person is known by."""

from collections.abc import Iterator, Sequence

from kg.linking.ordinary import ordinary_english
from kg.linking.people import FIRST_NAME, SHORTER, SURNAME, PeopleIndex
from kg.linking.spotting.evidence import calls_for_person
from kg.linking.spotting.titles import Sureness, Window
from kg.linking.spotting.tokens import Token
from kg.linking.spotting.windows import longest_by_first_word

# Fame (log10 of n / rank) of the 600, 2,000 and 6,500 best known of 65,000 people: those who are meant by a surname
# that is a word as well, by any surname, by a rare surname that is called for.
_FAMOUS, _WELL_KNOWN, _KNOWN = 2.0, 1.5, 1.0
# The next bearer of the surname must be three times less known.
_UNRIVALLED = 0.5
_DISTINCT = 6


class NameFinder:
    """Knows which words can be names. Immutable."""

    def __init__(self, people: PeopleIndex) -> None:
        self._people = people
        self._english = ordinary_english()
        self._longest = longest_by_first_word((*people.keys, *people.aliases))

    def windows(self, tokens: Sequence[Token]) -> Iterator[Window]:
        """Yields every place where a person is named."""
        for start, token in enumerate(tokens):
            first = max(self._longest.get(key, 0) for key in (token.key, token.key[:-1]))
            reach = first + (2 if len(token.key) == 1 else 1)
            for end in range(start + 1, min(len(tokens), start + reach) + 1):
                if end - start > 1 and tokens[end - 1].apart:
                    break
                key = _name_key(tokens, start, end)
                for name, trim in _without_possessive(key, tokens[end - 1]):
                    if self._names_person(tokens, start, end, name):
                        yield Window(start, end, start, Sureness.YES, end - start + 0.2, trim)
                        break

    def _names_person(self, tokens: Sequence[Token], start: int, end: int, key: str) -> bool:
        ordinary = self._english.is_ordinary(key) or key in self._english.closed
        capitals = all(token.capital or (token.opening and token.upper) for token in tokens[start:end])
        if key in self._people.aliases:
            return not ordinary or (capitals and not tokens[start].opening) or calls_for_person(tokens, start, end)
        full = [self._people.people[place].fame for place, fit in self._people.keys.get(key, ()) if fit >= SHORTER]
        if end - start > 1 and full:
            said = not ordinary or max(full) >= _WELL_KNOWN or capitals or calls_for_person(tokens, start, end)
            return said and key not in self._english.phrases
        return end - start <= 2 and self._is_famous_surname(tokens, start, end, key, ordinary)

    def _is_famous_surname(self, tokens: Sequence[Token], start: int, end: int, key: str, ordinary: bool) -> bool:
        bearers = self._people.keys.get(key, ())
        fames = sorted((self._people.people[place].fame for place, fit in bearers if fit >= SURNAME), reverse=True)
        if not fames or (len(fames) > 1 and fames[0] - fames[1] < _UNRIVALLED):
            return False
        cue = calls_for_person(tokens, start, end)
        capital = all(token.capital for token in tokens[start:end]) and not _beside_capital(tokens, start, end)
        if not ordinary and len(key) >= _DISTINCT:
            return fames[0] >= (_KNOWN if cue or capital else _WELL_KNOWN)
        first_name = any(fit == FIRST_NAME for _, fit in bearers)
        return fames[0] >= _FAMOUS and ((capital and cue and not first_name) if ordinary else capital or cue)


def _without_possessive(key: str, last: Token) -> Iterator[tuple[str, int]]:
    """The name, and without the s of "Nolan's" or "nolans", with the number of letters left out."""
    if not last.possessive:
        yield key, 0
    if len(last.key) > 4 and last.key.endswith("s"):
        yield key[:-1], 2 if last.possessive else 1


def _name_key(tokens: Sequence[Token], start: int, end: int) -> str:
    """The words as `normalise_name` writes them: initials together."""
    words = [token.key for token in tokens[start:end]]
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
