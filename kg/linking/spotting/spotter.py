"""All mentions of one utterance, from the surest to the least."""

from collections.abc import Sequence

from kg.linking.item_aliases import ItemAliases
from kg.linking.lexicon import Lexicon
from kg.linking.people import PeopleIndex
from kg.linking.spotting.chinese import ChineseFinder
from kg.linking.spotting.evidence import bare_year_after, year_after
from kg.linking.spotting.lexical import WordFinder
from kg.linking.spotting.misspelt import MisspeltFinder
from kg.linking.spotting.names import NameFinder
from kg.linking.spotting.titles import Sureness, TitleFinder, Window
from kg.linking.spotting.tokens import Token, is_unspaced, tokenise
from kg.linking.titles import TitleIndex
from kg.linking.types import LinkSpan, MentionKind, Spot

_LEAST = 0.4
_JOINERS = frozenset(("and", "or", "nor", "then", "vs", "versus", "plus"))
_ROUNDS = 6
_CERTAIN = 10.0


class Spotter:
    """Immutable; built from the indexes of a linker."""

    def __init__(self, titles: TitleIndex, aliases: ItemAliases, people: PeopleIndex, lexicon: Lexicon) -> None:
        self._titles = TitleFinder(titles, aliases, people, lexicon)
        self._names = NameFinder(people)
        self._words = WordFinder(lexicon)
        self._chinese = ChineseFinder(aliases, people, lexicon)
        self._misspelt = MisspeltFinder(titles, people, lexicon)

    def spot(self, text: str, link: LinkSpan) -> tuple[Spot, ...]:
        """Returns the mentions in the order of the text, without overlap; never raises, whatever the text."""
        tokens = tokenise(text)
        free = [not is_unspaced(token.key) for token in tokens]
        spots: list[Spot] = []
        titles = list(self._titles.windows(text, tokens))
        kinds: dict[Window, MentionKind] = dict.fromkeys(self._names.windows(tokens), "person")
        kinds.update((window, "item") for window in titles if window.sureness is Sureness.YES)
        ranked = sorted(kinds, key=lambda window: (-window.weight, window.start))
        for window in ranked:
            if window.end - window.start > 1 or window.weight > _CERTAIN:
                self._take(text, tokens, free, spots, window, kinds[window], link)
        for window, kind in self._misspelt.windows(tokens, free):
            self._take(text, tokens, free, spots, window, kind, link)
        for window in ranked:
            self._take(text, tokens, free, spots, window, kinds[window], link)
        self._take_lists(text, tokens, free, spots, titles, link)
        for word in self._words.words(tokens, free):
            window = Window(word.start, word.end, word.start, Sureness.YES, 0.0)
            self._take(text, tokens, free, spots, window, word.kind, link)
        spots.extend(self._chinese.spots(text, tokens, link))
        return tuple(sorted(spots, key=lambda spot: spot.start))

    def _take(
        self,
        text: str,
        tokens: Sequence[Token],
        free: list[bool],
        spots: list[Spot],
        window: Window,
        kind: MentionKind,
        link: LinkSpan,
    ) -> bool:
        """Adds the window's mention if its words are free and it links; then its words are taken."""
        if not all(free[window.start : window.end]):
            return False
        begin = window.begin if free[window.begin] else window.start
        start, end = tokens[begin].start, tokens[window.end - 1].end - window.trim
        name = text[start:end]
        dated = year_after(text, end) if kind == "item" else None
        year = bare_year_after(text, end) if kind == "item" else None
        if dated:
            year, end = dated
        linked = link(name, kind, year)
        if year and not dated and linked.entity_id is None:
            linked = link(name, kind, None)
        if linked.entity_id is None or (linked.score < _LEAST and not linked.rivals):
            return False
        spots.append(Spot(start, end, text[start:end], kind, linked))
        free[begin : window.end] = [False] * (window.end - begin)
        return True

    def _take_lists(
        self,
        text: str,
        tokens: Sequence[Token],
        free: list[bool],
        spots: list[Spot],
        titles: Sequence[Window],
        link: LinkSpan,
    ) -> None:
        """A doubtful title is sure beside a sure one ("gravity, inception and up") and where only titles are said."""
        waiting = [window for window in titles if window.sureness is Sureness.MAYBE]
        waiting.sort(key=lambda window: (-window.weight, window.start))
        only_titles = _is_all(tokens, free, waiting)
        for _ in range(_ROUNDS):
            starts = {spot.start for spot in spots if spot.kind == "item"}
            ends = {spot.end for spot in spots if spot.kind == "item"}
            listed = [each for each in waiting if only_titles or _is_listed(tokens, each, starts, ends)]
            taken = [each for each in listed if self._take(text, tokens, free, spots, each, "item", link)]
            if not taken:
                return
            waiting = [window for window in waiting if window not in taken]


def _is_all(tokens: Sequence[Token], free: Sequence[bool], waiting: Sequence[Window]) -> bool:
    """Whether the utterance is made of two titles or more, and words that join them ("heat or rififi?")."""
    covered = {place for window in waiting for place in range(window.begin, window.end)}
    rest = [place for place in range(len(tokens)) if free[place] and place not in covered]
    joined = sum(tokens[place].key in _JOINERS for place in rest)
    return len(covered) > 0 and joined == len(rest) and (joined > 0 or any(token.apart for token in tokens[1:]))


def _is_listed(tokens: Sequence[Token], window: Window, starts: set[int], ends: set[int]) -> bool:
    """Whether only a comma, "and" or "or" parts the window from a mention, and something ends it on the other side."""
    left, right = _before(tokens, window.begin), _after(tokens, window.end)
    open_left = left is None or tokens[window.begin].apart or tokens[window.begin - 1].key in _JOINERS
    open_right = right is None or tokens[window.end].apart or tokens[window.end].key in _JOINERS
    after_item = left is not None and tokens[left].end in ends and open_left
    before_item = right is not None and tokens[right].start in starts and open_right
    return (after_item and (open_right or before_item)) or (before_item and (open_left or after_item))


def _before(tokens: Sequence[Token], start: int) -> int | None:
    """The last word before the window that is no joiner."""
    place = start - 1
    if place > 0 and tokens[place].key in _JOINERS:
        place -= 1
    return place if place >= 0 else None


def _after(tokens: Sequence[Token], end: int) -> int | None:
    place = end
    if place < len(tokens) and tokens[place].key in _JOINERS:
        place += 1
    return place if place < len(tokens) else None
