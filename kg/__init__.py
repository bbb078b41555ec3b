"""The knowledge graph: items and facts, sources, entity linking, Cypher, engines. Imports nothing of ours above it."""
