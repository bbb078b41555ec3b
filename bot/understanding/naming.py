"""Spans of the readers beside names of the catalogue: boundaries mended, weak spans outvoted, sure names added."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.understanding.links import Links
from bot.understanding.reading import Span, without_overlaps
from bot.understanding.rules.words import lower
from bot.understanding.text import trimmed
from bot.understanding.types import MentionKind
from kg.linking.types import Spot

LINKED = 0.8
"""From this score on a name is taken to be in the catalogue."""
WEAK = 0.75
"""A reader's span less sure than this gives way to the catalogue's."""
POOR = 0.8
POOR_KEYWORD = 0.6
"""A reader's span less sure than this, which no name of the catalogue touches, is dropped."""
PEOPLE: tuple[MentionKind, ...] = ("person",)
_AFTER = re.compile(r"\s+(?:movies?|films?|flicks?|pictures?|pics|series|franchise|genres?|stuff)$", re.IGNORECASE)
_IDLE = frozenset(
    ("the", "a", "an", "its", "it's", "i", "my", "of", "and", "to", "is", "one", "this", "that", "g", "sub", "sub-")
)
_POSSESSIVE = re.compile(r"(?<!\bchildren)(?<!\bkid)(?<!\bwomen)['’]s$", re.IGNORECASE)
_LIVE = re.compile(r"\blive[ -]$", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:something|anything|sth|ones?|movies?|films?) (?:(?:a (?:bit|little|tad)|much|even|way) )?"
    r"(?P<word>newer|older|shorter|longer|lighter|darker|more recent|less(?:er)? known)\b(?! than\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r" \((?:1[89]|20)\d\d\)$")
SHORTEST = 6
"""Letters of a one-word title that is taken for one wherever it stands, once it was suggested."""
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def as_spans(spots: Sequence[Spot]) -> tuple[Span, ...]:
    """Returns the linker's findings as spans without an attitude."""
    return without_overlaps([_span(spot) for spot in spots])


def mended(text: str, spans: Sequence[Span], spots: Sequence[Spot], links: Links) -> tuple[Span, ...]:
    """Returns the readers' spans, trimmed, with the catalogue's place and kind where that is the surer."""
    kept: list[Span] = []
    for span in spans:
        start, end = trimmed(text, span.start, span.end)
        if start < end:
            kept += _mended(text, _shorter(text, replace(span, start=start, end=end), links), spots, links)
    named = [_whole(text, span) for span in kept if text[span.start : span.end].lower() not in _IDLE]
    return without_overlaps(named)


def _whole(text: str, span: Span) -> Span:
    """Takes "'s" off people and genres, and "live" to "action": that is no genre, but the opposite of animation."""
    owner = _POSSESSIVE.search(text[span.start : span.end]) if span.kind in ("person", "genre") else None
    span = replace(span, end=span.start + owner.start()) if owner else span
    live = _LIVE.search(text[: span.start]) if text[span.start : span.end].lower() == "action" else None
    return replace(span, start=live.start(), kind="keyword", confidence=1.0) if live else span


def _shorter(text: str, span: Span, links: Links) -> Span:
    """Takes "movies", "flicks" … off the end, unless they belong to a title."""
    after = _AFTER.search(text[span.start : span.end])
    if after is None or (span.kind == "item" and links.link(text[span.start : span.end], "item").score >= LINKED):
        return span
    return replace(span, end=span.start + after.start())


def _mended(text: str, span: Span, spots: Sequence[Spot], links: Links) -> list[Span]:
    """Returns the span, or the catalogue's in its place, with the reader's attitude."""
    touching = [spot for spot in spots if spot.start < span.end and span.start < spot.end and spot.score >= LINKED]
    named = text[span.start : span.end]
    if any((spot.start, spot.end, spot.kind) == (span.start, span.end, span.kind) for spot in touching):
        return [replace(span, confidence=1.0)]
    eastern = _EASTERN.search(named) is not None
    if not touching:
        least = LINKED if eastern else POOR_KEYWORD if span.kind == "keyword" else POOR
        return [span] if span.confidence >= least else []
    if span.confidence < WEAK or eastern:
        return [_placed(span, spot) for spot in touching]
    if span.kind in ("item", "person") and links.link(named, span.kind).score < LINKED:
        same = [spot for spot in touching if spot.kind == span.kind] or [
            spot for spot in touching if (spot.start, spot.end) == (span.start, span.end)
        ]
        return [_placed(span, spot) for spot in same] or [span]
    return [span]


def missed(spans: Sequence[Span], spots: Sequence[Spot], kinds: Collection[MentionKind] = PEOPLE) -> list[Span]:
    """Returns names that no span touches and about which the linker is nearly never wrong.

    Those are names of `kinds`, and all in Chinese, Japanese and Korean, which the tagger's vocabulary hardly knows.
    """
    found = []
    for spot in spots:
        trusted = spot.kind in kinds or _EASTERN.search(spot.text) is not None
        if trusted and spot.score >= LINKED and not any(_span(spot).overlaps(span) for span in spans):
            found.append(_span(spot))
    return found


def shown(text: str, spans: Sequence[Span], titles: Sequence[str]) -> list[Span]:
    """Returns those titles that stand in `text` and no span touches; no short word, as "It" is one."""
    plain = lower(text)
    found: list[Span] = []
    for title in dict.fromkeys(_YEAR.sub("", lower(title)).strip() for title in titles):
        if len(title) < SHORTEST and " " not in title:
            continue
        match = re.search(rf"(?<!\w){re.escape(title)}(?!\w)", plain) if title else None
        span = Span(*match.span(), "item") if match else None
        if span and not any(span.overlaps(other) for other in (*spans, *found)):
            found.append(span)
    return found


def compared(text: str, spans: Sequence[Span], titles: Sequence[str]) -> tuple[Span, ...]:
    """Returns what a request compares with before anything was suggested ("I loved Inception, something newer")."""
    if titles:
        return ()
    words = (Span(*found.span("word"), "keyword", "want") for found in _COMPARED.finditer(text))
    return tuple(word for word in words if not any(word.overlaps(span) for span in spans))


def _span(spot: Spot) -> Span:
    return Span(spot.start, spot.end, spot.kind, confidence=spot.score)


def _placed(span: Span, spot: Spot) -> Span:
    return replace(span, start=spot.start, end=spot.end, kind=spot.kind, confidence=spot.score)
