"""The leak check: no list may change when the answer does.

A row of a benchmark carries its own answer. Whatever ranks it is handed the row as it is in the file, then the same
row with a made-up answer; a list that differs has seen what it must not see.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from kg.errors import LeakError

Record = Mapping[str, Any]
SAMPLE = 40


def check_unseen(records: Sequence[Record], learned: Collection[int]) -> None:
    """Raises LeakError when any of the records is of a conversation that the weights learned from."""
    seen = {int(record["conversationId"]) for record in records}.intersection(learned)
    if seen:
        raise LeakError(
            f"The weights learned from {len(seen)} of these conversations, so their figures would mean nothing. "
            "Measure other rows, or train without them: `tastemaker train scorer --benchmark`."
        )


def check_leaks(rank: Callable[[Record], Sequence[str]], records: Sequence[Record], seed: int = 0) -> int:
    """Returns how many of `records` were checked (a sample of 40); `rank` is the whole way from a line to a list.

    Raises LeakError, naming the row and the field, when an answer that was changed changes the list.
    """
    random = np.random.default_rng(seed)
    sample = random.permutation(len(records))[:SAMPLE].tolist()
    for place in sample:
        record, stranger = records[place], records[int(random.integers(len(records)))]
        honest = list(rank(record))
        for field, changed in _tampered(record, stranger, honest).items():
            if list(rank(changed)) != honest:
                raise LeakError(
                    f"The ranking of conversation {record['conversationId']}, turn {record['turn']}, changes with its "
                    f"`{field}`: the answer reaches the model, and no figure of this run can be trusted."
                )
    return len(sample)


def _tampered(record: Record, stranger: Record, ranked: Sequence[str]) -> dict[str, Record]:
    """The row with each part of its answer made up: from another row, and of what the list has last."""
    lie = list(ranked[-3:]) or list(stranger["targets"])
    return {
        "response": {**record, "response": " ".join(f"@{movie}" for movie in (*lie, *stranger["targets"]))},
        "targets": {**record, "targets": [*stranger["targets"], *lie]},
        "names": {**record, "names": {**stranger["names"], **record["names"]}},
    }
