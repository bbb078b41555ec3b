"""Embedding on a Ray cluster. Only `tastemaker ingest --engine ray` imports this file: serving needs no Ray."""

import logging
import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from kg.errors import ClusterError
from retrieval.encoder import DIMENSIONS, Encoder, Vectors

try:
    import ray
    import ray.data
    from ray.data import ActorPoolStrategy, DataContext
    from ray.data.exceptions import ExecutionTimeoutError
    from ray.exceptions import RayError, RayTaskError
except ModuleNotFoundError as error:
    raise ClusterError("Ray is not installed. Install it with: pip install 'tastemaker[ray]'") from error

# Seconds without a finished shard after which a cluster has failed; a shard takes a worker some ten.
PATIENCE = 600.0
ANSWERS_WITHIN = 5.0  # seconds, a cluster that is there
# Ray would tell its makers how it is used, and complain on standard error of arguments that stay where they are.
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}


class Cluster:
    """Implements `retrieval.embedding.Embedder` on the cluster that this process has joined.

    Each worker has one processor and the encoder, which travels to it once, and takes one shard after another. A worker
    that dies is started again by Ray, and its shard given out anew.
    """

    def embed(self, shards: Sequence[Sequence[str]], encoder: Encoder) -> Iterator[tuple[int, Vectors]]:
        """Yields them as the workers finish."""
        rows = [{"shard": place, "texts": list(texts)} for place, texts in enumerate(shards)]
        if not rows:
            return
        processors = int(ray.cluster_resources().get("CPU", 1))  # type: ignore[no-untyped-call]
        workers = ActorPoolStrategy(size=max(1, min(processors, len(rows))))
        try:
            made = ray.data.from_items(rows, override_num_blocks=len(rows)).map(
                _Worker,  # type: ignore[arg-type]  # Ray takes a class too: a worker that keeps the encoder
                fn_constructor_args=(ray.put(encoder),),
                compute=workers,
                num_cpus=1,
            )
            for row in made.iter_rows():
                yield row["shard"], np.frombuffer(row["vectors"], dtype=np.float32).reshape(-1, DIMENSIONS)
        except (RayError, ExecutionTimeoutError) as error:
            raise ClusterError(
                f"The cluster failed ({_cause(error)}). What it made is kept: run the same command again when it is "
                "mended, or without `--engine ray`."
            ) from error


class _Worker:
    """Holds the encoder in a process of the cluster."""

    def __init__(self, encoder: "ray.ObjectRef[Encoder]") -> None:
        self._encoder = ray.get(encoder)

    def __call__(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {"shard": row["shard"], "vectors": self._encoder.encode(list(row["texts"])).tobytes()}


@contextmanager
def joined(address: str | None = None, *, patience: float = PATIENCE) -> Iterator[Cluster]:
    """Gives the cluster at a Ray address; None starts one of this machine's processors, and ends it with the context.

    Raises ClusterError when nobody answers there, or when `patience` seconds pass without a finished shard.
    """
    for variable, value in QUIET.items():
        os.environ.setdefault(variable, value)
    try:
        _knock(address or "")
        ray.init(address or "local", configure_logging=False, log_to_driver=False, include_dashboard=False)
    except (RayError, ConnectionError, RuntimeError, ValueError, OSError) as error:
        where = f"at {address} does not answer" if address else "cannot be started here"
        raise ClusterError(f"A Ray cluster {where} ({_cause(error)}). Check `--ray-address` or RAY_ADDRESS.") from error
    try:
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        context = DataContext.get_current()
        context.enable_progress_bars = context.print_on_execution_start = False
        context.raise_original_map_exception = True
        context.execution_no_progress_timeout_s = patience
        yield Cluster()
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Raises OSError when nobody listens at host:port: Ray itself would try for five minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), ANSWERS_WITHIN).close()


def _cause(error: Exception) -> str:
    """Returns the first line of what went wrong, in the worker where it was a worker's."""
    cause = error.cause if isinstance(error, RayTaskError) else error
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]
