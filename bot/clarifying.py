"""The answer to "Crash: 1996 or 2004?": a year, a place or a name picks one of the films asked about. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.understanding.types import Constraints, Mention, Understanding
from kg.items import Item

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_PLACES = (("first", 0), ("older", 0), ("second", 1), ("newer", 1), ("last", -1), ("latter", -1), ("former", 0))
_SHORT = 60


def clarified(
    understanding: Understanding, utterance: str, choices: Sequence[str], find: Callable[[str], Item | None]
) -> Understanding:
    """Returns the understanding with the chosen film as a liked mention; unchanged when nothing was chosen."""
    chosen = _chosen(utterance, [item for id_ in choices if (item := find(id_))])
    if len(choices) < 2 or len(utterance) > _SHORT or chosen is None:
        return understanding
    rest = tuple(replace(m, rivals=()) for m in understanding.mentions if m.kind != "item")
    liked = Mention(chosen.title, "item", "like", chosen.id, source="history")
    return replace(
        understanding,
        intent="inform",
        intents=("inform",),
        mentions=(liked, *rest),
        constraints=Constraints(count=understanding.constraints.count),
        reference=None,
        critique=(),
        sources={**understanding.sources, "intent": "history", "mentions": "history"},
    )


def _chosen(utterance: str, items: Sequence[Item]) -> Item | None:
    years = {int(year) for year in _YEAR.findall(utterance)}
    by_year = [item for item in items if item.year in years]
    if len(by_year) == 1:
        return by_year[0]
    places = [place for word, place in _PLACES if re.search(rf"\b{word}\b", utterance, re.IGNORECASE)]
    return items[places[0]] if len(places) == 1 and len(items) > 1 else None
