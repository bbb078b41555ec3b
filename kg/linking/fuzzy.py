"""Finding the names nearest to a misspelt one among many thousands, in about a millisecond."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

_BUCKETS = 1 << 14
_SHORTLIST = 60


class NameIndex:
    """Names under their letter pairs. A query is compared only with the names that share most pairs with it.

    The comparison is optimal string alignment (Damerau–Levenshtein without edits inside a transposition): a swapped
    pair of letters is one slip, as it is for the person who types.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list(names)
        pairs, owners = _pairs(self._names)
        self._sizes = np.bincount(owners, minlength=len(self._names)).astype(np.float32)
        order = np.argsort(pairs, kind="stable")
        self._postings = owners[order]
        self._starts = np.searchsorted(pairs[order], np.arange(_BUCKETS + 1))

    def __len__(self) -> int:
        return len(self._names)

    def near(self, query: str, cutoff: float, limit: int = 20) -> list[tuple[int, float]]:
        """Returns (position of the name, similarity 0 … 1) of the names at least `cutoff` similar, best first."""
        found: list[tuple[str, float, int]] = process.extract(
            query,
            {position: self._names[position] for position in self._shortlist(query)},
            scorer=OSA.normalized_similarity,
            processor=None,
            score_cutoff=cutoff,
            limit=limit,
        )
        return [(position, similarity) for _, similarity, position in found]

    def beginning(self, query: str, cutoff: float, limit: int = 20) -> list[tuple[int, float]]:
        """Returns the same for names whose beginning is like the query ("ethernal sunshin")."""
        scored = [
            (position, OSA.normalized_similarity(query, self._names[position][: len(query)], score_cutoff=cutoff))
            for position in self._shortlist(query, whole=False)
        ]
        return sorted((pair for pair in scored if pair[1] >= cutoff), key=lambda pair: -pair[1])[:limit]

    def _shortlist(self, query: str, whole: bool = True) -> list[int]:
        pairs, _ = _pairs([query])
        if not self._names or pairs.size == 0:
            return []
        lists = [self._postings[self._starts[pair] : self._starts[pair + 1]] for pair in set(pairs.tolist())]
        shared = np.bincount(np.concatenate(lists), minlength=len(self._names)).astype(np.float32)
        overlap = 2 * shared / (self._sizes + pairs.size) if whole else shared - self._sizes / 1000
        count = min(_SHORTLIST, len(self._names))
        best = np.argpartition(-overlap, count - 1)[:count]
        return [int(position) for position in best if shared[position] > 0]


def _pairs(names: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """The hashed letter pairs of all names (a blank before and behind each), and whose each is."""
    text = " ".join(["", *names, ""])
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    lengths = np.fromiter((len(name) + 1 for name in names), dtype=np.int64, count=len(names))
    owners = np.repeat(np.arange(len(names), dtype=np.int32), lengths)
    pairs = (codes[:-1] * 131 + codes[1:]) % _BUCKETS
    return pairs, owners
