"""Mentions in writing without blanks between the words: Chinese, Japanese, Korean."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.linking.item_aliases import ItemAliases
from kg.linking.lexicon import Lexicon
from kg.linking.ordinary import ordinary_english
from kg.linking.people import PeopleIndex
from kg.linking.spotting.tokens import Token, is_unspaced
from kg.linking.types import LinkSpan, MentionKind, Spot

_LONGEST = 12
# Shorter titles may be words of the language as well.
_SAFE = 3
# What parts the names of a foreigner (汤姆·克鲁斯); people write it or leave it out.
_DOTS = "·・•‧"
_CALLING = frozenset("过看欢像似如和、爱部")


class ChineseFinder:
    """Knows the sayings that are written without blanks. Immutable."""

    def __init__(self, aliases: ItemAliases, people: PeopleIndex, lexicon: Lexicon) -> None:
        self._kinds: dict[str, MentionKind] = {}
        for saying, meanings in lexicon.meanings.items():
            if is_unspaced(saying):
                self._kinds[saying] = meanings[0].kind
        self._kinds.update((saying, "person") for saying in people.aliases if is_unspaced(saying))
        self._kinds.update((saying, "item") for saying in (*aliases.single, *aliases.family) if is_unspaced(saying))

    def spots(self, text: str, tokens: Sequence[Token], link: LinkSpan) -> Iterator[Spot]:
        """Yields the mentions, longest first at each place."""
        for token in _runs(tokens):
            yield from self._in_run(text, token, link)

    def _in_run(self, text: str, token: Token, link: LinkSpan) -> Iterator[Spot]:
        start = token.start
        while start < token.end:
            if text[start] in _DOTS:
                start += 1
                continue
            end = self._longest(text, token, start)
            if end and text[end - 1] == "片" and _key(text[start : end - 1]) in self._kinds:
                end -= 1
            kind = self._kinds.get(_key(text[start:end])) if end else None
            linked = link(text[start:end], kind, None) if kind else None
            if kind and linked and linked.entity_id:
                yield Spot(start, end, text[start:end], kind, linked)
                start = end
            else:
                start += 1

    def _longest(self, text: str, token: Token, start: int) -> int:
        for end in range(min(token.end, start + _LONGEST), start, -1):
            kind = self._kinds.get(_key(text[start:end])) if text[end - 1] not in _DOTS else None
            whole = start == token.start and end == token.end and _is_titled(text, start, end)
            if kind and (whole or (end - start > 1 and self._is_safe(text, token, start, end, kind))):
                return end
        return 0

    def _is_safe(self, text: str, token: Token, start: int, end: int, kind: MentionKind) -> bool:
        """Short titles only behind a word that calls for one (看过教父), and never such as are words (英雄, hero)."""
        if kind != "item" or end - start >= _SAFE:
            return True
        said = start == token.start or text[start - 1] in _CALLING
        return said and text[start:end] not in ordinary_english().closed


def _key(text: str) -> str:
    return text.casefold().translate(dict.fromkeys(map(ord, _DOTS)))


def _runs(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yields the words written without blanks; what only a dot parts is one of them."""
    run: Token | None = None
    for token in tokens:
        if run and token.before and token.before in _DOTS and is_unspaced(token.key):
            run = replace(run, end=token.end)
            continue
        if run:
            yield run
        run = token if is_unspaced(token.key) else None
    if run:
        yield run


def _is_titled(text: str, start: int, end: int) -> bool:
    """Whether title marks stand around it, or nothing else is said."""
    return text[start - 1 : start] in ("《", "「", "『", "“", '"') or text.strip(" \n。！？!?.") == text[start:end]
