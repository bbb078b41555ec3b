"""Spans of the readers beside names of the catalogue: boundaries mended, sure names that were missed added."""

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.links import Links
from bot.understanding.reading import Span, without_overlaps
from bot.understanding.text import trimmed
from kg.linking.types import Spot

SURE_PERSON = 0.85
LINKED = 0.8


def as_spans(spots: Sequence[Spot]) -> tuple[Span, ...]:
    """Returns the linker's findings as spans without an attitude."""
    return without_overlaps([Span(spot.start, spot.end, spot.kind, confidence=spot.score) for spot in spots])


def mended(text: str, spans: Sequence[Span], spots: Sequence[Spot], links: Links) -> tuple[Span, ...]:
    """Returns the readers' spans with the catalogue's boundaries where those name something and theirs do not."""
    kept = []
    for span in spans:
        start, end = trimmed(text, span.start, span.end)
        if start < end:
            kept.append(_mended(text, replace(span, start=start, end=end), spots, links))
    return without_overlaps(kept)


def _mended(text: str, span: Span, spots: Sequence[Spot], links: Links) -> Span:
    if span.kind not in ("item", "person"):
        return span
    if links.link(text[span.start : span.end], span.kind).score >= LINKED:
        return span
    for spot in spots:
        same = spot.kind == span.kind and spot.start < span.end and span.start < spot.end
        if same and spot.score >= LINKED and (spot.start, spot.end) != (span.start, span.end):
            return replace(span, start=spot.start, end=spot.end)
    return span


def missed(text: str, spans: Sequence[Span], spots: Sequence[Spot]) -> list[Span]:
    """Returns full names of known people that no span touches: the linker is nearly never wrong about those."""
    found = []
    for spot in spots:
        place = Span(spot.start, spot.end, spot.kind, "about", spot.score)
        full_name = spot.kind == "person" and " " in spot.text.strip() and spot.score >= SURE_PERSON
        if full_name and not any(place.overlaps(span) for span in spans):
            found.append(place)
    return found
