"""Embedding a whole catalogue in shards, so that a build that was interrupted goes on where it stopped.

Who makes the vectors is an `Embedder`: this process, or a cluster (`retrieval.cluster`). A text's vector depends in its
last digits on the texts that are encoded with it, since the encoder rounds a batch by the batch's own range; so shards
are cut here, the same for everyone, and go whole to one encoder.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from retrieval.encoder import DIMENSIONS, Encoder, Vectors
from retrieval.progress import Progress

SHARD = 1024
Known = Mapping[str, Vectors]
"""Vectors (384,) by the text that they were made of."""


class Embedder(Protocol):
    """Makes the vectors of many shards of texts. `Alone` and `retrieval.cluster.Cluster` pass one test suite."""

    def embed(self, shards: Sequence[Sequence[str]], encoder: Encoder) -> Iterator[tuple[int, Vectors]]:
        """Yields each shard's place and its vectors, float32 (texts, 384), as soon as they are made, in any order.

        A shard has one text or more. Raises ClusterError when the cluster cannot go on.
        """
        ...


class Alone:
    """This process makes them, one shard after another."""

    def embed(self, shards: Sequence[Sequence[str]], encoder: Encoder) -> Iterator[tuple[int, Vectors]]:
        """Yields them in the order of the shards."""
        for place, texts in enumerate(shards):
            yield place, encoder.encode(texts)


def embed(
    texts: Sequence[str],
    encoder: Encoder,
    folder: Path,
    progress: Progress,
    known: Known | None = None,
    embedder: Embedder | None = None,
) -> Vectors:
    """Returns float32 (len(texts), 384). Each 1,024 rows are kept in a file of `folder`, named after their content.

    A shard that is there already is read, unless it is damaged; a text in `known` keeps its vector. `embedder` None is
    this process. Raises ClusterError; the shards that were made by then are kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shards = [texts[start : start + SHARD] for start in range(0, len(texts), SHARD)]
    paths = [folder / f"{_digest(encoder.name, shard)}.npy" for shard in shards]
    kept = (_read(path, len(shard)) for path, shard in zip(paths, shards, strict=True))
    made = {place: vectors for place, vectors in enumerate(kept) if vectors is not None}
    missing = [place for place in range(len(shards)) if place not in made]
    done = sum(map(len, made.values()))
    progress("vectors", done, len(texts))
    for turn, vectors in _whole([shards[place] for place in missing], encoder, known or {}, embedder or Alone()):
        place = missing[turn]
        _write(paths[place], vectors)
        made[place] = vectors
        done += len(vectors)
        progress("vectors", done, len(texts))
    return np.concatenate([np.zeros((0, DIMENSIONS), dtype=np.float32), *(made[place] for place in range(len(shards)))])


def _whole(
    shards: Sequence[Sequence[str]], encoder: Encoder, known: Known, embedder: Embedder
) -> Iterator[tuple[int, Vectors]]:
    """Yields each shard's place and all its vectors, known and new; only the unknown texts are encoded."""
    unknown = [[text for text in shard if text not in known] for shard in shards]
    yield from ((place, _filled(shards[place], known, ())) for place, texts in enumerate(unknown) if not texts)
    asked = [place for place, texts in enumerate(unknown) if texts]
    for turn, vectors in embedder.embed([unknown[place] for place in asked], encoder):
        yield asked[turn], _filled(shards[asked[turn]], known, vectors)


def _filled(texts: Sequence[str], known: Known, new: Iterable[Vectors]) -> Vectors:
    """Returns one row a text; `new` holds the vectors of those that are not known, in their order."""
    following = iter(new)
    return np.stack([known[text] if text in known else next(following) for text in texts])


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
