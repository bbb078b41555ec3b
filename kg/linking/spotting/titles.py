"""Titles in an utterance: where the words of one stand, and whether a film is meant by them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from kg.linking.item_aliases import ItemAliases
from kg.linking.lexicon import Lexicon
from kg.linking.ordinary import ordinary_english
from kg.linking.people import PeopleIndex
from kg.linking.spotting.evidence import Evidence, bare_year_after, evidence_at
from kg.linking.spotting.tokens import Token, window_key
from kg.linking.spotting.windows import longest_by_first_word
from kg.linking.title_keys import HEAD, LOOSE, TAIL, digits
from kg.linking.titles import TitleIndex

_ARTICLES = frozenset(("the", "a", "an"))
_KNOWN_FAME = 0.8
_WELL_KNOWN = 1.0
_HEARD_OF, _RATHER_KNOWN = 0.3, 0.6
_FAMOUS = 1.9
# "taken 2", "12 angry men"
_COUNTED = re.compile(r"[a-z ]+ \d{1,2}|\d{1,3} [a-z ]+")
# Rarity of a phrase of ordinary words from which on even a little-known title is meant by it.
_UNHEARD_OF = 7.5
_NAMESAKES = 12
_POINTED = re.compile(r"[,!?;.(:]|\s[–—-]\s")
_UNITS = frozenset(("times", "days", "weeks", "months", "years", "hours", "minutes", "x", "out", "stars", "of"))


class Sureness(IntEnum):
    """`MAYBE` holds only beside a title that is sure, as in a list."""

    NO = 0
    MAYBE = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Window:
    """Words from `start` to before `end` that are a title, `begin` with its article; places are token numbers.

    `trim` letters of the last word do not belong to it ('s).
    """

    start: int
    end: int
    begin: int
    sureness: Sureness
    weight: float
    trim: int = 0


class TitleFinder:
    """Knows which words can be titles, and how ordinary each is. Immutable."""

    def __init__(self, titles: TitleIndex, aliases: ItemAliases, people: PeopleIndex, lexicon: Lexicon) -> None:
        self._titles = titles
        self._aliases = aliases
        self._lexicon = lexicon
        self._english = ordinary_english()
        self._names = _frequent_names(people)
        known = (*titles.keys, *titles.heads, *aliases.single, *aliases.family)
        self._longest = longest_by_first_word(known)

    def windows(self, text: str, tokens: Sequence[Token]) -> Iterator[Window]:
        """Yields every place where a title may stand."""
        for start, token in enumerate(tokens):
            first = token.key[:-1] if token.possessive else token.key
            longest = max(self._longest.get(word, 0) for word in (token.key, digits(token.key), first))
            for end in range(start + 1, min(len(tokens), start + longest) + 1):
                key = window_key(tokens, start, end)
                fame = self._fame(key)
                trim = 0
                if fame is None and tokens[end - 1].possessive:
                    key, trim = key[:-1], 2
                    fame = self._fame(key)
                if fame is not None and self._holds_together(tokens, start, end, key):
                    window = self._judged(text, tokens, start, end, key, fame)
                    if window.sureness:
                        yield replace(window, trim=trim)

    def _fame(self, key: str) -> float | None:
        """The fame of the best known film of these words; None where there is none."""
        if key in self._aliases.single:
            return self._titles.titles[self._aliases.single[key]].fame
        if key in self._aliases.family:
            return self._titles.titles[self._aliases.family[key][0]].fame
        places = [place for place, quality in self._titles.exact(key) if quality >= TAIL - 0.1]
        if key in self._titles.heads:
            places += self._titles.beginning_with(key)[:1]
        elif not places:
            places = [place for place, quality in self._titles.exact(key) if quality == HEAD]
        if not places and digits(key) != key:
            places = [place for place, quality in self._titles.exact(digits(key)) if quality >= LOOSE]
        return max((self._titles.titles[place].fame for place in places), default=None)

    def _holds_together(self, tokens: Sequence[Token], start: int, end: int, key: str) -> bool:
        """Whether no mark parts the words, unless the title has one, and no number follows that makes it a sequel."""
        behind = tokens[end] if end < len(tokens) and not tokens[end].apart else None
        counted = end + 1 < len(tokens) and tokens[end + 1].key in _UNITS
        if behind is not None and re.fullmatch(r"\d\d?", behind.later) and not counted:
            return False
        if not any(token.apart for token in tokens[start + 1 : end]):
            return True
        return any(_POINTED.search(self._titles.titles[place].item.title) for place, _ in self._titles.exact(key))

    def _judged(self, text: str, tokens: Sequence[Token], start: int, end: int, key: str, fame: float) -> Window:
        evidence = evidence_at(text, tokens, start, end)
        begin = start - 1 if self._takes_article(tokens, start, key) else start
        sureness = self._sureness(key, fame, evidence, begin < start)
        if sureness < Sureness.YES and (year := bare_year_after(text, tokens[end - 1].end)):
            places = (self._titles.titles[place].year for place, _ in self._titles.exact(key))
            sureness = Sureness.YES if year in places else sureness
        strong = 10.0 * (evidence.quoted or evidence.dated)
        return Window(start, end, begin, sureness, end - begin + 0.1 * fame + strong)

    def _sureness(self, key: str, fame: float, evidence: Evidence, article: bool) -> Sureness:
        known = fame >= _KNOWN_FAME
        if evidence.certain:
            return Sureness.YES
        family = key in self._aliases.family and (" " in key or not self._english.known(key))
        if family or not self._english.telling.isdisjoint((key, f"the {key}" if article else key)):
            return Sureness.YES
        if key in self._english.phrases or (article and f"the {key}" in self._english.with_article):
            viewed = evidence.viewed and not self._all_closed(key)
            sure = evidence.bounded and (viewed or (evidence.capitals and not evidence.placed))
            if sure and (known or key.count(" ") > 1):
                return Sureness.YES
            return Sureness.MAYBE if fame >= _WELL_KNOWN and not self._all_closed(key) else Sureness.NO
        if known and _COUNTED.fullmatch(key):
            return Sureness.YES
        if " " not in key:
            return self._of_word(key, fame, evidence, article)
        heard_of = fame >= _HEARD_OF and not self._english.is_ordinary(key)
        if (
            heard_of
            or evidence.capitals
            or evidence.cued
            or self._is_improbable(key, fame)
            or (known and evidence.alone)
        ):
            return Sureness.YES
        if (evidence.viewed or evidence.liked or evidence.noun) and key.count(" ") > 1:
            return Sureness.YES
        return Sureness.MAYBE

    def _is_improbable(self, key: str, fame: float) -> bool:
        """Whether the phrase is so rare in ordinary sentences that a title is meant by it."""
        longer = key.count(" ") > 1
        rarity = self._english.phrase_rarity(key)
        if fame >= _WELL_KNOWN:
            return rarity >= (4.8 if longer else 4.2)
        return rarity >= ((7.0 if longer else 5.8) if fame >= _RATHER_KNOWN else _UNHEARD_OF)

    def _all_closed(self, key: str) -> bool:
        return all(word in self._english.closed for word in key.split())

    def _of_word(self, key: str, fame: float, evidence: Evidence, article: bool) -> Sureness:
        """One word: the more ordinary it is, the more must speak for it."""
        known = fame >= _KNOWN_FAME
        called = evidence.cued and not evidence.noun
        shown = evidence.capitals and not evidence.placed
        opens = evidence.subject and fame >= _WELL_KNOWN
        if key in self._english.closed or key.isdigit() or len(key) == 1 or self._is_short_alias(key):
            if article and known:
                return Sureness.YES if (evidence.viewed and evidence.bounded) or evidence.capitals else Sureness.MAYBE
            said = evidence.viewed or (evidence.bounded and not evidence.acting)
            return Sureness.YES if known and shown and said else Sureness.NO
        if key in self._english.proper or key in self._names:
            return Sureness.YES if known and evidence.cued else Sureness.NO
        if meanings := self._lexicon.at(key):
            capital = (shown and (evidence.cued or meanings[0].kind == "keyword")) or opens
            viewed = evidence.viewed and evidence.bounded
            if viewed or (known and capital) or (called and fame >= _FAMOUS):
                return Sureness.YES
            return Sureness.MAYBE if fame >= _WELL_KNOWN and meanings[0].kind == "keyword" else Sureness.NO
        if self._english.known(key):
            if (called and known) or shown or opens:
                return Sureness.YES
            return Sureness.MAYBE if known else Sureness.NO
        if known or evidence.capitals or evidence.cued or evidence.noun:
            return Sureness.YES
        return Sureness.MAYBE if len(key) > 4 else Sureness.NO

    def _is_short_alias(self, key: str) -> bool:
        """Two letters may be any word ("et" is E.T., and French); a digit among them tells (T2)."""
        return len(key) == 2 and key.isalpha() and (key in self._aliases.single or key in self._aliases.family)

    def _takes_article(self, tokens: Sequence[Token], start: int, key: str) -> bool:
        """Whether the article before the words belongs to the title ("the sting", but not "the titanic")."""
        if start == 0 or tokens[start - 1].key not in _ARTICLES or tokens[start].apart:
            return False
        places = [place for place, _ in self._titles.exact(key)] or self._titles.beginning_with(key)[:1]
        titles = [self._titles.titles[place] for place in places if self._titles.titles[place].article]
        if " " in key:
            return bool(titles)
        return any(title.item.title.lower().startswith(tokens[start - 1].key + " ") for title in titles)


def _frequent_names(people: PeopleIndex) -> frozenset[str]:
    """First names and surnames that many people of the catalogue have: written with a capital whoever is meant."""
    counts = Counter(word for person in people.people for word in set(person.key.split()[:1] + person.key.split()[-1:]))
    return frozenset(word for word, count in counts.items() if count >= _NAMESAKES)
