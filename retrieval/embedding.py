"""Embedding a whole catalogue in shards, so that a build that was interrupted goes on where it stopped."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retrieval.encoder import DIMENSIONS, Encoder, Vectors
from retrieval.progress import Progress

SHARD = 1024


def embed(texts: Sequence[str], encoder: Encoder, shards: Path, progress: Progress) -> Vectors:
    """Returns float32 (len(texts), 384). Each 1,024 rows are kept in a file of `shards`, named after their content.

    A shard that is there already is read, unless it is damaged.
    """
    shards.mkdir(parents=True, exist_ok=True)
    parts = [np.zeros((0, DIMENSIONS), dtype=np.float32)]
    for start in range(0, len(texts), SHARD):
        progress("vectors", start, len(texts))
        part = texts[start : start + SHARD]
        path = shards / f"{_digest(encoder.name, part)}.npy"
        vectors = _read(path, len(part))
        if vectors is None:
            vectors = encoder.encode(part)
            _write(path, vectors)
        parts.append(vectors)
    progress("vectors", len(texts), len(texts))
    return np.concatenate(parts)


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
