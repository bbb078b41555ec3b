"""A small memory of the latest keys: what was heard already. The oldest are forgotten."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Keeps the values of the `most` keys that were put last. Not for several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept

    def get(self, key: Hashable) -> Value | None:
        """Returns the value of a key, or None."""
        return self._kept.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        """Keeps a value, and forgets the oldest ones where there are too many."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
