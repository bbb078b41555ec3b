"""llama.cpp in process, one token step at a time. Not thread-safe: only the owner thread touches it."""

import ctypes
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import structlog
from numpy.typing import NDArray

from kg.errors import ModelError

log = structlog.get_logger(__name__)
CONTEXT = 2_048
Logits = NDArray[np.float32]


class Engine(Protocol):
    """What a job may do with the model while it has it."""

    def tokenize(self, text: str) -> list[int]:
        """Returns the tokens of a text, without special ones."""
        ...

    @property
    def vocabulary(self) -> list[bytes]:
        """Each token's bytes, by its number."""
        ...

    def feed(self, tokens: Sequence[int]) -> Logits:
        """Makes the context exactly `tokens`, its beginning reused; returns the next token's scores (vocabulary,)."""
        ...

    def chat(self, messages: Sequence[dict[str, str]], **options: Any) -> Iterator[str]:
        """Yields the pieces of an answer to chat messages (`role`, `content`)."""
        ...

    def adapt(self, name: str | None) -> None:
        """Puts the adapter of that name on, or all off; an adapter that is not there is none."""
        ...

    def spare(self, sparing: bool) -> None:
        """Leaves the other cores alone from now on, as work that nobody waits for should; or uses them again."""
        ...


class LlamaEngine:
    """A GGUF model, with adapters over its weights, one at a time. A change of adapter takes microseconds."""

    def __init__(
        self, file: Path, adapters: Mapping[str, Path] | None = None, gpu_layers: int = -1, threads: int | None = None
    ) -> None:
        """Loads the model. `gpu_layers` -1 puts all that fit on a GPU; `threads` None measures one against two.

        Raises ModelError when llama.cpp cannot load the file.
        """
        import llama_cpp  # noqa: PLC0415  # loads a native library

        _leave_output_alone()
        self._lib = llama_cpp
        self._file, self._gpu_layers = file, gpu_layers
        self._llama: Any = self._load(threads or 1)
        self._threads = threads or ((os.cpu_count() or 1) > 1 and self._fastest()) or 1
        self._use(self._threads)
        self._adapters = {name: self._load_adapter(name, adapter) for name, adapter in (adapters or {}).items()}
        self._adapted: str | None = None

    def _load(self, threads: int) -> Any:
        try:
            return self._lib.Llama(
                str(self._file),
                n_ctx=CONTEXT,
                n_batch=512,
                n_threads=threads,
                n_threads_batch=threads,
                n_gpu_layers=self._gpu_layers,
                verbose=False,
            )
        except (ValueError, RuntimeError, OSError, AssertionError) as error:
            raise ModelError(
                f"llama.cpp cannot load {self._file.name}: the file is damaged or too new. "
                "Fetch it again, or unset TASTEMAKER_LLM."
            ) from error

    def _load_adapter(self, name: str, adapter: Path) -> Any:
        handle = self._lib.llama_adapter_lora_init(self._llama._model.model, str(adapter).encode())
        if not handle:  # a null pointer, which is falsy and not None
            raise ModelError(f"The adapter {adapter.name} does not fit the model: run `tastemaker train {name}`.")
        return handle

    def _fastest(self) -> int:
        """Returns two threads only where they are faster: on shared cores they wait for each other."""
        speed = {threads: self._measure(threads) for threads in (1, 2)}
        best = min(speed, key=lambda threads: speed[threads])
        best = 1 if speed[1] < 1.15 * speed[2] else best
        log.info("model.threads", chosen=best, milliseconds={n: round(1e3 * s) for n, s in speed.items()})
        return best

    def _measure(self, threads: int) -> float:
        self._use(threads)
        self._llama.reset()
        self._llama.eval(list(range(100, 116)))
        started = time.perf_counter()
        self._llama.reset()
        self._llama.eval(list(range(100, 132)))
        for token in (200, 201, 202, 203):
            self._llama.eval([token])
        return time.perf_counter() - started

    def _use(self, threads: int) -> None:
        self._lib.llama_set_n_threads(self._llama._ctx.ctx, threads, threads)

    def spare(self, sparing: bool) -> None:
        """Uses one thread from now on, or as many as are fastest again."""
        self._use(1 if sparing else self._threads)

    def adapt(self, name: str | None) -> None:
        """Puts the adapter of that name on, or all off; a change empties the context."""
        name = name if name in self._adapters else None
        if name == self._adapted:
            return
        if name:
            adapters = (self._lib.llama_adapter_lora_p_ctypes * 1)(self._adapters[name])
            self._lib.llama_set_adapters_lora(self._llama._ctx.ctx, adapters, 1, (ctypes.c_float * 1)(1.0))
        else:
            self._lib.llama_set_adapters_lora(self._llama._ctx.ctx, None, 0, None)
        self._adapted = name
        self._llama.reset()

    def tokenize(self, text: str) -> list[int]:
        """Returns the tokens of a text, without special ones."""
        return list(self._llama.tokenize(text.encode(), add_bos=False, special=False))

    @cached_property
    def vocabulary(self) -> list[bytes]:
        """Each token's bytes, by its number."""
        return [bytes(self._llama.detokenize([token])) for token in range(self._llama.n_vocab())]

    def feed(self, tokens: Sequence[int]) -> Logits:
        """Makes the context exactly `tokens`, the beginning reused; returns the next token's scores (vocabulary,)."""
        held = self._llama.input_ids[: self._llama.n_tokens]
        wanted = np.asarray(tokens[-CONTEXT + 64 :], dtype=held.dtype)
        same = min(len(held), len(wanted) - 1)
        differ = np.nonzero(held[:same] != wanted[:same])[0]
        self._llama.n_tokens = int(differ[0]) if len(differ) else same
        self._llama.eval(wanted[self._llama.n_tokens :].tolist())
        scores = np.ctypeslib.as_array(self._llama._ctx.get_logits(), shape=(self._llama.n_vocab(),))
        return np.array(scores, dtype=np.float32)

    def chat(self, messages: Sequence[dict[str, str]], **options: Any) -> Iterator[str]:
        """Yields the pieces of an answer in the model's own chat format."""
        for part in self._llama.create_chat_completion(list(messages), stream=True, **options):
            piece = part["choices"][0]["delta"].get("content")
            if piece:
                yield str(piece)

    def close(self) -> None:
        """Frees the memory."""
        self._llama.close()


def _leave_output_alone() -> None:
    """Keeps llama-cpp-python from sending the whole process's output away while it loads a model.

    A talk goes on meanwhile, and its lines would be lost. The library's log is silent by its own level already.
    """
    from llama_cpp import _internals, llama  # noqa: PLC0415  # loads a native library

    for module in (_internals, llama):
        vars(module)["suppress_stdout_stderr"] = lambda disable=True: nullcontext()
