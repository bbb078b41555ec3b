"""Finding items: the index, embeddings, candidates, features, the learned scorer, diversity. May use `kg`."""
