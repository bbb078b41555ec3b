"""Tells a talk once that the graph's engine went away, and once that it is back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.moment import Draft
from bot.phrases import LANGUAGES, Phrases, phrases
from bot.store import TurnRecord
from kg.graph import KnowledgeGraph

AWAY, BACK = "graph_away", "graph_back"


def noted(draft: Draft, turns: Sequence[TurnRecord], graph: KnowledgeGraph, spoken: Phrases) -> Draft:
    """Returns the draft, with a line before it where the graph went away or came back since the talk was last told.

    What it was told stands in its turns, so that no other process, and none that is started again, says it once more.
    """
    told = _told_away(turns)
    if told:
        graph.facts("")  # this process may not have asked since another one found it away
    if graph.away == told:
        return draft
    return replace(draft, pieces=(f"{spoken.say(AWAY if graph.away else BACK)}\n", *draft.pieces))


def _told_away(turns: Sequence[TurnRecord]) -> bool:
    for turn in reversed(turns):
        for language in LANGUAGES:
            if turn.reply.startswith(phrases(language).say(AWAY)):
                return True
            if turn.reply.startswith(phrases(language).say(BACK)):
                return False
    return False
