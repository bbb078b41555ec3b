"""Genres, countries, languages, themes and moods in an utterance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.linking.lexicon import Lexicon, Meaning
from kg.linking.ordinary import ordinary_english
from kg.linking.spotting.tokens import Token
from kg.linking.spotting.windows import longest_by_first_word
from kg.linking.stems import phrase_key
from kg.linking.tables import cues
from kg.linking.types import MentionKind

_REACH = 5
_ORDER: tuple[MentionKind, ...] = ("genre", "country", "keyword", "language")


@dataclass(frozen=True, slots=True)
class Word:
    """A saying of the lexicon in the utterance; places are token numbers."""

    start: int
    end: int
    kind: MentionKind


class WordFinder:
    """Knows the sayings of the lexicon. Immutable."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._english = ordinary_english()
        self._longest = longest_by_first_word(lexicon.meanings)

    def words(self, tokens: Sequence[Token], free: Sequence[bool]) -> Iterator[Word]:
        """Yields the sayings among the free words, the longest at each place, where the words around fit."""
        start = 0
        while start < len(tokens):
            word = self._at(tokens, free, start)
            if word is not None:
                yield word
            start = word.end if word else start + 1

    def _at(self, tokens: Sequence[Token], free: Sequence[bool], start: int) -> Word | None:
        for end in range(min(len(tokens), start + _REACH), start, -1):
            if not all(free[start:end]) or any(token.apart for token in tokens[start + 1 : end]):
                continue
            key = phrase_key(" ".join(token.key for token in tokens[start:end]))
            meanings = self._lexicon.at(key)
            if meanings and self._fits(tokens, free, start, end, key, meanings):
                return Word(start, end, _kind(meanings, tokens, start, end))
        return None

    def _fits(
        self,
        tokens: Sequence[Token],
        free: Sequence[bool],
        start: int,
        end: int,
        key: str,
        meanings: Sequence[Meaning],
    ) -> bool:
        """Ordinary words need a film noun behind them or a word of wishing before; the others speak for themselves."""
        before = tokens[start - 1].key if start and not tokens[start].apart else ""
        if key in cues()["liked"] or (_is_place(meanings) and key in self._english.closed):
            return False
        words = key.split()
        if not cues()["strong"].isdisjoint(words[-1:]) or not self._english.is_ordinary(key):
            return len(key) > 2
        if before in cues()["owner"]:
            return False
        if _is_place(meanings) and self._is_meant(tokens, start, end, key, before):
            return True
        for place in range(end, min(end + 3, len(tokens))):
            if tokens[place].apart or not free[place]:
                break
            if tokens[place].key in cues()["kind_noun"]:
                return True
        return before in cues()["wishing"] and _ends(tokens, end)

    def _is_meant(self, tokens: Sequence[Token], start: int, end: int, key: str, before: str) -> bool:
        """Nationalities speak for themselves; a country is meant after "from", a language after "in" or "speak"."""
        if tokens[start].capital or _spoken(tokens, start, end) or before == "from":
            return True
        own_names = {f"{meaning.node}:{key.title()}" for meaning in self._lexicon.at(key) if meaning.node == "country"}
        nationality = all(meaning.ids[0] not in own_names for meaning in self._lexicon.at(key))
        return nationality and key not in cues()["vague_place"]


def _is_place(meanings: Sequence[Meaning]) -> bool:
    return all(meaning.kind in ("country", "language") for meaning in meanings)


def _spoken(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the words around speak of a language ("in Danish", "French-speaking")."""
    spoken_in = start > 0 and tokens[start - 1].key in cues()["speak"] and not tokens[start].apart
    return spoken_in or (end < len(tokens) and tokens[end].key in cues()["speaking"])


def _ends(tokens: Sequence[Token], end: int) -> bool:
    """Whether the phrase ends here rather than describes a noun of another kind ("with my family dinner")."""
    return end == len(tokens) or tokens[end].apart or tokens[end].key in cues()["after_kind"]


def _kind(meanings: Sequence[Meaning], tokens: Sequence[Token], start: int, end: int) -> MentionKind:
    kinds = {meaning.kind for meaning in meanings}
    if "language" in kinds and (_spoken(tokens, start, end) or kinds == {"language"}):
        return "language"
    return next((kind for kind in _ORDER if kind in kinds), "keyword")
