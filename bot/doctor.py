"""What is wrong with an installation, and the command that mends it. Looks, and changes nothing."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot import doctor_servers
from bot.language_model import SERVER
from bot.language_model.files import local_file
from bot.opening import places_of
from bot.settings import Settings
from bot.store_opening import look
from kg.errors import IndexNotReadyError, LockedError, ModelError, SettingsError, StoreError, TastemakerError
from retrieval.index import current_index, folder_of, lock_of, open_index
from retrieval.locking import is_free

_OPENAI = "https://api.openai.com/v1"
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
    if graph := places_of(settings).neo4j:
        yield _server("NEO4J_URI", lambda: doctor_servers.neo4j(graph))
    if url := settings.chroma_url:
        yield _server("CHROMA_URL", lambda: doctor_servers.chroma(url))


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
    shared = places_of(settings).shared
    if not lock.exists() or is_free(lock, shared=shared):
        return Finding("lock", True, "the index is free, or shared" if shared else "nobody holds the index")
    note = lock.with_suffix(".holder")
    holder = note.read_text(encoding="utf-8") if note.exists() else "another process"
    return Finding("lock", False, f"the index is in use by process {holder}", "use that one, or end it before a second")


def _model(settings: Settings) -> Finding:
    subject = "language model"
    if settings.llm.startswith(SERVER):
        base, key = settings.openai_base_url or _OPENAI, settings.openai_api_key
        name, secret = settings.llm.removeprefix(SERVER), key.get_secret_value() if key else "none"
        try:
            return Finding(subject, True, doctor_servers.model_server(base, secret, name))
        except ModelError as error:
            return Finding(subject, False, str(error), "start it, or correct OPENAI_BASE_URL and TASTEMAKER_LLM")
    try:
        return Finding(subject, True, str(local_file(settings.llm)))
    except TastemakerError as error:
        return Finding(subject, False, str(error), "unset TASTEMAKER_LLM to use the bundled model")


def _store(settings: Settings) -> Finding:
    subject = "conversations"
    try:
        return Finding(subject, True, look(settings.database))
    except (SettingsError, StoreError) as error:
        return Finding(subject, False, str(error), "free disk space, start the server, or correct DATABASE_URL")


def _server(name: str, ask: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, ask())
    except TastemakerError as error:
        return Finding(name, False, str(error), f"start that server, or unset {name}")
