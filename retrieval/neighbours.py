"""The graph's neighbours of liked items, remembered item by item.

One item's neighbours cost the engine some 7 ms; a conversation asks for the same liked items turn after turn.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from kg.graph import KnowledgeGraph
from retrieval.columns import Columns, Floats, Rows

REMEMBERED = 4096
EACH = 400
# Taste is best shown by what was named last, and each new item costs time.
ITEMS = 6


class Neighbourhoods:
    """Asks the graph once an item; safe to share between threads."""

    def __init__(self, graph: KnowledgeGraph, columns: Columns) -> None:
        self._graph = graph
        self._columns = columns
        self._known: OrderedDict[str, tuple[Rows, Floats]] = OrderedDict()
        self._lock = Lock()

    def weights(self, item_ids: Sequence[str]) -> Floats:
        """Returns (n,) how near each item is to the last six of the given ones; 0 for these and for strangers.

        Raises GraphError when the graph's engine is away.
        """
        weights = np.zeros(len(self._columns), dtype=np.float32)
        given = item_ids[-ITEMS:]
        for item_id in given:
            rows, near = self._near(item_id)
            weights[rows] += near
        weights[self._columns.rows(given)] = 0.0
        return weights

    def _near(self, item_id: str) -> tuple[Rows, Floats]:
        with self._lock:
            if item_id in self._known:
                self._known.move_to_end(item_id)
                return self._known[item_id]
        row_of = self._columns.row_of
        found = [near for near in self._graph.neighbours((item_id,), EACH) if near.item_id in row_of]
        rows = np.array([row_of[near.item_id] for near in found], dtype=np.int32)
        answer = rows, np.array([near.weight for near in found], dtype=np.float32)
        if self._graph.away:  # nothing was found only because nobody answered
            return answer
        with self._lock:
            self._known[item_id] = answer
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return answer
