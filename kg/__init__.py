"""The knowledge graph: items and facts, catalogue sources, entity linking, Cypher queries, engines. Imports nothing of ours above it."""
