"""A load balancer for tests: each connection goes to the next server that takes it, as a round robin does."""

import asyncio
import contextlib
import threading
from collections.abc import Sequence
from itertools import count


class Balancer:
    """Forwards bytes. Use as a context manager; `served` are the ports in the order in which they were chosen."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.served: list[int] = []
        self._ports = tuple(ports)
        self._turn = count()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="balancer", daemon=True)
        self._listening: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self._listening is not None
        return f"http://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"

    def __enter__(self) -> "Balancer":
        self._thread.start()
        started = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._serve, "127.0.0.1", 0), self._loop)
        self._listening = started.result(10)
        return self

    def __exit__(self, *_: object) -> None:
        if self._listening is not None:
            self._loop.call_soon_threadsafe(self._listening.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            from_server, to_server = await self._next()
            await asyncio.gather(_copy(reader, to_server), _copy(from_server, writer))
        writer.close()

    async def _next(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        for _ in self._ports:
            port = self._ports[next(self._turn) % len(self._ports)]
            with contextlib.suppress(OSError):
                streams = await asyncio.open_connection("127.0.0.1", port)
                self.served.append(port)
                return streams
        raise ConnectionRefusedError("no server answers")


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await reader.read(65_536):
            writer.write(piece)
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()
