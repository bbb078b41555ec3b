"""What in an utterance says that some of its words are a title or a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.linking.ordinary import EVERYDAY, ordinary_english
from kg.linking.spotting.tokens import Token
from kg.linking.tables import cues

_YEAR = re.compile(r"\s?[(\[]\s?((?:18|19|20)\d\d)\s?[)\]]")
_BARE_YEAR = re.compile(r",?\s+(?:from\s+)?((?:19|20)\d\d)\b")
_QUOTES = {
    '"': '"',
    "“": "”",
    "”": "”",
    "„": "“",
    "‘": "’",
    "'": "'",
    "’": "’",
    "«": "»",
    "《": "》",
    "「": "」",
    "『": "』",
}
_ARTICLES = frozenset(("the", "a", "an"))
_FAVOURITE = frozenset(("favorite", "favourite", "fave", "favorites", "favourites"))
_PAIRS = frozenset(
    tuple(pair.split())
    for pair in (
        "similar to",
        "related to",
        "such as",
        "heard of",
        "heard about",
        "what about",
        "how about",
        "check out",
    )
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`quoted`, `dated` (a year in brackets behind), `named` ("called X"), `capitals`, `viewed` ("watched X"),
    `liked` ("like X"), `noun` ("X movie"), `bounded`: nothing follows that would make it part of a longer phrase;
    `placed` ("in X"), `acting`: "is", "was" or the like follows; `opening`: written with a capital, and a sentence may
    begin with it; `alone`: nothing else is said.
    """

    quoted: bool = False
    dated: bool = False
    named: bool = False
    capitals: bool = False
    viewed: bool = False
    liked: bool = False
    noun: bool = False
    bounded: bool = False
    placed: bool = False
    acting: bool = False
    opening: bool = False
    alone: bool = False

    @property
    def certain(self) -> bool:
        """Whether even a word like "it" is a title here."""
        return self.quoted or self.dated or self.named

    @property
    def subject(self) -> bool:
        """Whether a sentence opens with it and says something of it ("Taken is great")."""
        return self.opening and self.acting

    @property
    def cued(self) -> bool:
        """Whether the words around it call for a title."""
        return self.bounded and (self.viewed or self.liked)


def evidence_at(text: str, tokens: Sequence[Token], start: int, end: int) -> Evidence:
    """Returns what speaks for the words from `start` to before `end` being a title."""
    first = start - 1 if start and tokens[start - 1].key in _ARTICLES and not tokens[start].apart else start
    before = [] if tokens[first].apart else [token.key for token in tokens[max(0, first - 3) : first]]
    after = tokens[end] if end < len(tokens) else None
    liked, viewed, named = _cues(before)
    bounded = after is None or after.apart or after.key in cues()["after_title"]
    return Evidence(
        quoted=_is_quoted(text, tokens[first].start, tokens[end - 1].end)
        or _is_quoted(text, tokens[start].start, tokens[end - 1].end),
        dated=year_after(text, tokens[end - 1].end) is not None,
        named=named and bounded,
        capitals=_capitals(tokens, first, start, end) or _is_marked(text, tokens[first].start, tokens[end - 1].end),
        viewed=viewed,
        liked=liked or named,
        noun=after is not None and not after.apart and after.key in cues()["noun"],
        bounded=bounded,
        acting=after is not None and not after.apart and after.key in cues()["verb"],
        opening=tokens[first].upper and (tokens[first].opening or tokens[first].capital or tokens[first].apart),
        alone=first == 0 and after is None,
        placed=bool(before) and before[-1] in cues()["placing"],
    )


def year_after(text: str, end: int) -> tuple[int, int] | None:
    """Returns (year, where it ends) for a year in brackets behind the place."""
    match = _YEAR.match(text, end)
    return (int(match[1]), match.end()) if match else None


def bare_year_after(text: str, end: int) -> int | None:
    """Returns a year that follows without brackets."""
    match = _BARE_YEAR.match(text, end)
    return int(match[1]) if match else None


def calls_for_person(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Returns whether the word before ("with", "by" …) or behind ("movies", "films") goes with a name."""
    before = start > 0 and not tokens[start].apart and tokens[start - 1].key in cues()["person_before"]
    like = before and tokens[start - 1].key == "like" and start > 1 and tokens[start - 2].key in cues()["not_like"]
    behind = end < len(tokens) and not tokens[end].apart and tokens[end].key in cues()["noun"]
    return (before and not like) or behind


def _cues(before: Sequence[str]) -> tuple[bool, bool, bool]:
    """(liked, viewed, named) by the up to three words before."""
    last = before[-1] if before else ""
    previous = before[-2] if len(before) > 1 else ""
    if last == "like" and previous in cues()["not_like"]:
        return False, False, False
    if last == "than":
        return bool(previous) and previous not in cues()["not_than"], False, False
    liked = last in cues()["liked"] or (previous, last) in _PAIRS
    favourite = last in ("is", "was", "be", "are") and not _FAVOURITE.isdisjoint(before)
    noun = last in cues()["noun"] and previous in ("the", "movie", "film", "in", "and", "of")
    return liked or favourite or noun, last in cues()["viewed"], last in cues()["naming"]


def _capitals(tokens: Sequence[Token], first: int, start: int, end: int) -> bool:
    """Whether they are written as a title is, and the capitals end where they end ("Carol Burnett" is no Carol)."""
    inside = tokens[start:end]
    light = (token for token in inside[1:-1] if not token.upper and not token.key.isdigit())
    if not all(token.upper or token.key.isdigit() for token in (inside[0], inside[-1])):
        return False
    if any(len(token.key) > 4 or ordinary_english().rarity(token.key) > EVERYDAY for token in light):
        return False
    if not any(token.capital for token in inside):
        return False
    left = tokens[first - 1] if first and not tokens[first].apart else None
    right = tokens[end] if end < len(tokens) and not tokens[end].apart else None
    return not (left is not None and left.capital) and not (right is not None and right.capital)


def _is_marked(text: str, start: int, end: int) -> bool:
    """Whether the words are set off as Markdown does it: *Heat*, _Heat_, or as a mention: @Heat."""
    mark = text[start - 1 : start]
    return mark == "@" or (mark in ("*", "_") and mark != "" and text[end : end + 1] == mark)


def _is_quoted(text: str, start: int, end: int) -> bool:
    opening, closing = text[start - 1 : start], text[end : end + 1]
    if closing in (".", ",", "!", "?"):
        closing = text[end + 1 : end + 2]
    outside = text[start - 2 : start - 1] if start > 1 else ""
    return opening in _QUOTES and closing != "" and closing in {_QUOTES[opening], opening} and not outside.isalnum()
