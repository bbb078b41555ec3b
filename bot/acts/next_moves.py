"""Where one can go from the suggestions: the moves that still have candidates, with how many."""

from collections.abc import Sequence

from bot.parts import Parts
from bot.phrases import Phrases
from bot.replies import Move
from retrieval.wish import Wish


def next_moves(wish: Wish, shown: Sequence[str], parts: Parts, phrases: Phrases) -> tuple[Move, ...]:
    """Returns each move from the items shown that leaves any, with the true number of items that it leaves.

    Those that divide what is left most evenly come first: they say most. `wish.standing` are the moves that hold on.
    """
    counts = parts.retriever.openings(wish, shown)
    left = max(counts.values(), default=0)
    order = sorted(counts, key=lambda name: (abs(counts[name] - left / 2), name))
    return tuple(Move(name, counts[name], phrases.say(f"move_{name}")) for name in order)
