"""What is wrong with an installation, and the command that mends it. Looks, and changes nothing."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.language_model import SERVER
from bot.language_model.files import local_file
from bot.opening import places_of
from bot.settings import Settings
from bot.store import Store
from kg.errors import IndexNotReadyError, LockedError, StoreError, TastemakerError
from retrieval.index import current_index, folder_of, lock_of, open_index
from retrieval.locking import is_free

_NEEDED_SPACE = 500 * 2**20  # a whole index is built beside the one in use


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `remedy` is what to do, "" when all is well."""

    subject: str
    ok: bool
    words: str
    remedy: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Yields one finding a subject: data folder, disk, index, lock, model, store, and each server that is set."""
    checks: tuple[Callable[[Settings], Finding], ...] = (_folder, _space, _index, _lock, _model, _store)
    for check in checks:
        yield check(settings)
    for name, url, port in (
        ("NEO4J_URI", settings.neo4j_uri, 7687),
        ("CHROMA_URL", settings.chroma_url, 8000),
        ("OPENAI_BASE_URL", settings.openai_base_url, 443),
    ):
        if url:
            yield _server(name, url, port)


def _folder(settings: Settings) -> Finding:
    home = settings.home
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    if os.access(existing, os.W_OK) and existing.is_dir():
        return Finding("data folder", True, str(home))
    return Finding("data folder", False, f"{home} cannot be written", "set TASTEMAKER_HOME to a folder that you own")


def _space(settings: Settings) -> Finding:
    existing = next(folder for folder in (settings.home, *settings.home.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    words = f"{free // 2**20:,} MiB free"
    if free >= _NEEDED_SPACE:
        return Finding("disk", True, words)
    return Finding("disk", False, words, f"free {(_NEEDED_SPACE - free) // 2**20 + 1:,} MiB, or move TASTEMAKER_HOME")


def _index(settings: Settings) -> Finding:
    try:
        opened = open_index(settings.home, places=places_of(settings))
    except IndexNotReadyError as error:
        return Finding("index", False, str(error), "tastemaker ingest")
    except LockedError:
        return Finding("index", True, "in use, so it could be opened")
    except TastemakerError as error:
        return Finding("index", False, str(error), "see below for the servers that are set")
    items = len(opened.catalogue)
    opened.close()
    return Finding("index", True, f"{items:,} items, opened and closed again")


def _lock(settings: Settings) -> Finding:
    try:
        lock = lock_of(settings.home, folder_of(settings.home, current_index(settings.home)).name)
    except IndexNotReadyError:
        return Finding("lock", True, "no index, so nothing is locked")
    if not lock.exists() or is_free(lock):
        return Finding("lock", True, "nobody holds the index")
    note = lock.with_suffix(".holder")
    holder = note.read_text(encoding="utf-8") if note.exists() else "another process"
    return Finding("lock", False, f"the index is in use by process {holder}", "use that one, or end it before a second")


def _model(settings: Settings) -> Finding:
    if settings.llm.startswith(SERVER):
        return Finding("language model", True, settings.llm)
    try:
        file = local_file(settings.llm)
    except TastemakerError as error:
        return Finding("language model", False, str(error), "unset TASTEMAKER_LLM to use the bundled model")
    return Finding("language model", True, str(file))


def _store(settings: Settings) -> Finding:
    try:
        Store(settings.database).close()
    except (StoreError, LockedError) as error:
        return Finding("conversations", False, str(error), "free disk space, or correct DATABASE_URL")
    return Finding("conversations", True, "can be read and written")


def _server(name: str, url: str, default_port: int) -> Finding:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "", parts.port or default_port), timeout=3).close()
    except OSError as error:
        return Finding(
            name, False, f"{parts.hostname} does not answer ({error})", f"start that server, or unset {name}"
        )
    return Finding(name, True, f"{parts.hostname} answers")
