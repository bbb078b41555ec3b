"""Strong refusals, which readers take for wishes now and then: "nothing with X or Y", "without X", "X is out".

A wish read as a ban costs a film; a ban read as a wish shows what nobody wants to see. So these words decide.
"""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.reading import Span
from bot.understanding.rules.words import lower
from bot.understanding.types import Intent

_LEAD = (
    r"(?: (?:any|anything|anyone|more|stuff|films?|movies?|ones?|starring|featuring|with|by|from|in|the|a|an|that|those|me|of|too"
    r"|filme?n?|pel[ií]culas?|mit|von|avec|con|de|des|du|la|le|les|el|los|las|der|die|das))*"
)
_BEFORE = re.compile(
    r"(?:\b(?:nothing (?:with|starring|featuring|by|from|in)|anything but|anything except|no more|without|avoid(?:ing)?|exclud(?:e|ing)"
    r"|(?:skip(?:ping)?|leave out)(?! (?:to|ahead)\b)|(?:that|which|films?|movies?|ones?) (?:are|is)(?:n'?t| not)"
    r"|nichts (?:mit|von)|keine?n?|ohne|nada (?:con|de)|no quiero|sin|niente (?:con|di)|senza|nada com|sem|rien (?:avec|de)|sans|pas de)"
    rf"{_LEAD} |\bpas d'|\bd'autres? que )[\"'“(]?$"
)
_TURNED = re.compile(
    r"(?:\b(?:forget|forgot|remove|delete|undo|disregard|stop|quit|never|not|why)|n'?t)\b(?! (?:suggest|recommend|show|giv))(?: (?!but\b|and\b)[\w']+){0,5} $"
)
_JOINT = re.compile(
    r"[\"'”)]?(?: (?:movies?|films?|flicks?|stuff))?(?:(?: ?,)? (?:or|and|nor|&|oder|und|o|y|ni|ou|et)|/| ?/)(?: (?:any|anything|with|by|from|in|a|an|the|mit|con|avec|de))* ?[\"'“(]?"
)
_NOUN = r"(?: (?:movies?|films?|flicks?|stuff))?"
_COMMA = re.compile(rf"[\"'”)]?{_NOUN} ?, ?(?:the |a )?[\"'“(]?")
_WISH = re.compile(rf"{_NOUN},? (?:please|pls|plz|instead|then|rather|for a change)\b")
_NEEDED = re.compile(
    r"\b(?:can't|cannot|can not|cant|couldn't|could not|couldnt|won't|never) (?:ever |really )?(?:do|live|be|go|survive|get by|cope) without (?:\w+ )?$"
)
_AFTER = re.compile(
    r"^[\"'”)]?(?: (?:movies?|films?|flicks?|stuff))?(?: (?:is|are)|'s)(?: (?:a|an|all|definitely|completely|totally|absolutely|total|complete|absolute|strictly|just|also))*"
    r" (?:deal[ -]?breakers?|no[- ]go|off the table|off limits|out(?= ?(?:$|[.,;!]|and\b|but\b|please|for me|tonight)))"
)
_HEAD = re.compile(r"^(?:(?P<no>(?:no|not|without|nothing with) )|(?:d|l|qu)['’])(?=\w)", re.IGNORECASE)


def hardened(text: str, spans: Sequence[Span], intents: Sequence[Intent]) -> tuple[Span, ...]:
    """Returns the spans of `text` in order, those that it strongly refuses with `avoid`; all as they are in a question.

    A "no" at the head of a span ("no Marx Brothers") is taken off it and makes the rest refused; so is a French article
    ("d'horreur"), which refuses nothing. Stated distaste (`dislike`) and what was seen keep their attitude.
    """
    plain = lower(text)
    found: list[Span] = []
    refused: Span | None = None
    for said in sorted(spans, key=lambda span: span.start):
        head = _HEAD.match(text[said.start : said.end]) if said.kind != "item" else None
        stuck = head is not None and head["no"] is not None
        span = replace(said, start=said.start + head.end()) if head else said
        joined = refused is not None and _joined(plain, refused, span, spans)
        joined = joined or (bool(found) and _alternative(plain, found[-1], span))
        refused = span if stuck or joined or refuses(plain, span) else None
        if span.attitude == "avoid" and (_wished(plain, found, span) or _NEEDED.search(plain[: span.start])):
            span = replace(span, attitude="want" if found and found[-1].attitude == "avoid" else "like", sure=1.0)
        banned = refused is not None and intents[:1] != ("ask",) and span.attitude in ("want", "like", "about")
        found.append(replace(span, attitude="avoid", sure=1.0) if banned else span)
    return tuple(found)


def _alternative(plain: str, before: Span, span: Span) -> bool:
    """Says whether `span` is refused with the thing before it: "no westerns or musicals"."""
    between = plain[before.end : span.start]
    return (
        before.attitude == "avoid"
        and before.kind == span.kind
        and re.search(r"\b(?:or|nor)\b", between) is not None
        and (_JOINT.fullmatch(between) is not None)
    )


def _wished(plain: str, before: Sequence[Span], span: Span) -> bool:
    """Says whether `span`, behind a bare comma after a ban, is what is wanted: "no horror, comedy please"."""
    if not before or before[-1].attitude != "avoid" or not _COMMA.fullmatch(plain[before[-1].end : span.start]):
        return False
    return _WISH.match(plain[span.end :]) is not None


def refuses(plain: str, span: Span) -> bool:
    """Says whether the words around `span` refuse it; `plain` is the text lowered, every character in its place."""
    before = re.split(r"[.;!?]", plain[: span.start])[-1]
    match = _BEFORE.search(before)
    if match and not _TURNED.search(before[: match.start()]):
        return True
    after = _AFTER.match(plain[span.end :])
    return after is not None and (span.kind != "item" or " out" not in after[0])


def _joined(plain: str, refused: Span, span: Span, spans: Sequence[Span]) -> bool:
    """Says whether `span` goes on a list of refused things; a comma alone does so only where "or" or "and" closes it."""
    between = plain[refused.end : span.start]
    if _JOINT.fullmatch(between):
        return span.kind == refused.kind or span.attitude != "want" or " or" in between
    if not _COMMA.fullmatch(between) or span.kind != refused.kind:
        return False
    return any(_JOINT.match(plain[span.end : other.start]) for other in spans if other.start >= span.end)
