"""Long answers in short messages: cut at line borders, else between sentences, else between words. Pure."""

import re
from collections.abc import Sequence

from bot import Move, Recommendation

_BORDERS = (re.compile(r"\n{2,}"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s+"), re.compile(r"\s+"))
MOST_MOVES = 6  # ways to go on that are offered below an answer
_LEAST = 4  # a piece shorter than a quarter of the limit is not worth a message while a later border would do


def split(text: str, limit: int) -> list[str]:
    """Returns the text in pieces of 1 to `limit` characters. Only white space at the cuts is lost."""
    pieces = []
    rest = text.strip()
    while len(rest) > limit:
        end = _cut(rest, limit)
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*pieces, rest] if rest else pieces


def shorten(text: str, limit: int) -> str:
    """Returns the text, with an ellipsis where it is longer than `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def offered(moves: Sequence[Move]) -> str:
    """Returns the ways to go on as one line, "newer (212) · shorter (45)"; to say the words is to go there."""
    return " · ".join(f"{move.words} ({move.count:,})" for move in moves[:MOST_MOVES])


def beside_cards(text: str, recommendations: Sequence[Recommendation]) -> str:
    """Returns the lines of an answer that its cards do not say already: a line with both title and reason is on one."""
    lines = [line for line in text.splitlines() if not any(_tells(line, pick) for pick in recommendations)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _tells(line: str, pick: Recommendation) -> bool:
    reason = pick.explanation.text.strip()
    return pick.item.title in line and bool(reason) and reason in line


def _cut(text: str, limit: int) -> int:
    """Where the first piece ends: the last border of the best kind within the limit."""
    window = text[: limit + 1]
    for border in _BORDERS:
        ends = [found.start() for found in border.finditer(window) if limit // _LEAST < found.start() <= limit]
        if ends:
            return ends[-1]
    return limit
