"""Entity linking: from the words people use to the nodes of the knowledge graph."""

from kg.linking.linker import Linker
from kg.linking.types import Linked, MentionKind, Spot

__all__ = ["Linked", "Linker", "MentionKind", "Spot"]
