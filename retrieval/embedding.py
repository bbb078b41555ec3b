"""Embedding a whole catalogue in shards, so that a build that was interrupted goes on where it stopped."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from retrieval.encoder import DIMENSIONS, Encoder, Vectors
from retrieval.progress import Progress

SHARD = 1024
Known = Mapping[str, Vectors]
"""Vectors (384,) by the text that they were made of."""


def embed(
    texts: Sequence[str], encoder: Encoder, shards: Path, progress: Progress, known: Known | None = None
) -> Vectors:
    """Returns float32 (len(texts), 384). Each 1,024 rows are kept in a file of `shards`, named after their content.

    A shard that is there already is read, unless it is damaged; a text in `known` keeps its vector.
    """
    shards.mkdir(parents=True, exist_ok=True)
    parts = [np.zeros((0, DIMENSIONS), dtype=np.float32)]
    for start in range(0, len(texts), SHARD):
        progress("vectors", start, len(texts))
        part = texts[start : start + SHARD]
        path = shards / f"{_digest(encoder.name, part)}.npy"
        vectors = _read(path, len(part))
        if vectors is None:
            vectors = _encoded(part, encoder, known or {})
            _write(path, vectors)
        parts.append(vectors)
    progress("vectors", len(texts), len(texts))
    return np.concatenate(parts)


def _encoded(texts: Sequence[str], encoder: Encoder, known: Known) -> Vectors:
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    fresh = [row for row, text in enumerate(texts) if text not in known]
    for row, text in enumerate(texts):
        if text in known:
            vectors[row] = known[text]
    if fresh:
        vectors[fresh] = encoder.encode([texts[row] for row in fresh])
    return vectors


def _digest(encoder: str, texts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join((encoder, *texts)).encode()).hexdigest()[:24]


def _read(path: Path, count: int) -> Vectors | None:
    try:
        vectors: Vectors = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return vectors if vectors.shape == (count, DIMENSIONS) and vectors.dtype == np.float32 else None


def _write(path: Path, vectors: Vectors) -> None:
    aside = path.with_suffix(f".{os.getpid()}.tmp")
    with aside.open("wb") as file:
        np.save(file, vectors, allow_pickle=False)
    os.replace(aside, path)
