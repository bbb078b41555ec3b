"""Encoders and embedders that misbehave, for the tests of embedding. The encoders travel to a cluster's workers."""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from retrieval.encoder import Encoder, HashEncoder, Vectors


class Backwards:
    """An embedder that is done with the last shard first, as a cluster may be."""

    def embed(self, shards: Sequence[Sequence[str]], encoder: Encoder) -> Iterator[tuple[int, Vectors]]:
        """Yields them in the reverse order."""
        for place in reversed(range(len(shards))):
            yield place, encoder.encode(shards[place])


class Signing(HashEncoder):
    """Leaves a file named after its process, and waits (a minute at most) until another process has left one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns HashEncoder's vectors."""
        (self.folder / f"{os.getpid()}").touch()
        end = time.monotonic() + 60
        while len(list(self.folder.iterdir())) < 2 and time.monotonic() < end:
            time.sleep(0.1)
        return super().encode(texts)


class Dying(HashEncoder):
    """Ends its process at the first shard, as a machine that goes down would; the next process is spared."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns HashEncoder's vectors, if it lives."""
        if not any(self.folder.iterdir()):
            (self.folder / "died").touch()
            os._exit(1)
        return super().encode(texts)


class Asleep(HashEncoder):
    """Takes ten minutes."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns HashEncoder's vectors in the end."""
        time.sleep(600)
        return super().encode(texts)


class Refusing(HashEncoder):
    """Fails at a text that says "poison"."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns HashEncoder's vectors; raises ValueError."""
        if "poison" in texts:
            raise ValueError("this text is poison")
        return super().encode(texts)
