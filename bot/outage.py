"""Tells a person once that the graph's engine went away, and once that it is back."""

from dataclasses import replace

from bot.moment import Draft
from bot.phrases import Phrases
from kg.graph import KnowledgeGraph


class Outage:
    """What one talk was told about the graph."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._told_away = False

    def noted(self, draft: Draft, phrases: Phrases) -> Draft:
        """Returns the draft, with a line before it where the graph went away or came back since the last turn."""
        if self._graph.away == self._told_away:
            return draft
        self._told_away = self._graph.away
        note = phrases.say("graph_away" if self._told_away else "graph_back")
        return replace(draft, pieces=(f"{note}\n", *draft.pieces))
