"""The opened index: the catalogue with its graph, vectors and columns, and the care for a damaged or busy one."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from kg.catalogue import Catalogue
from kg.graph import KnowledgeGraph
from retrieval.columns import Columns
from retrieval.encoder import Encoder, Vectors
from retrieval.texts import item_text
from retrieval.vectors import MemoryVectors, VectorStore


@dataclass(frozen=True)
class Index:
    """All that retrieval reads. Rows of `matrix` (n, 384) and `columns` are the catalogue's items, in its order."""

    catalogue: Catalogue
    graph: KnowledgeGraph
    vectors: VectorStore
    matrix: Vectors
    columns: Columns
    fingerprint: str = ""
    folder: Path | None = None
    held: ExitStack = field(default_factory=ExitStack, repr=False)

    @staticmethod
    def in_memory(catalogue: Catalogue, graph: KnowledgeGraph, encoder: Encoder) -> "Index":
        """Returns an index without a folder, for tests and small catalogues."""
        matrix = encoder.encode([item_text(item) for item in catalogue])
        vectors = MemoryVectors()
        vectors.add(catalogue.ids, matrix)
        return Index(catalogue, graph, vectors, np.ascontiguousarray(matrix), Columns.of(catalogue))

    def close(self) -> None:
        """Frees the graph, the vectors and the folder; a second call does nothing."""
        self.graph.close()
        self.vectors.close()
        self.held.close()
