"""Opens the wordings: the pool in the data folder, and the writer that the settings' model makes."""

import re

from bot.language_model import SERVER, Owner, server_model
from bot.settings import Settings
from bot.wording.grammar import Grammar
from bot.wording.pool import Pool
from bot.wording.wordings import AT_FIRST, Wordings
from bot.wording.words import sound
from bot.wording.writers import ADAPTER, OwnerWriter, ServerWriter, Writer, asked, tuned

FOLDER = "wordings"


def open_wordings(settings: Settings, owner: Owner | None) -> Wordings | None:
    """Returns the wordings, their writing ahead begun; None where no model can write, and templates speak.

    `owner` is that of a local model, None where a server answers. Each model has a file of its own. The tuned model
    writes every shape ahead of its use, while it is idle; a larger one, which costs more, only shapes that were needed.
    """
    writer = _writer(settings, owner)
    if writer is None:
        return None
    name = re.sub(r"\W+", "-", settings.llm).strip("-").lower()[-80:]
    at_first = AT_FIRST if settings.llm == "bundled" else 0
    wordings = Wordings(Pool(settings.home / FOLDER / f"{name}.json", sound), writer, at_first=at_first)
    wordings.begin()
    return wordings


def _writer(settings: Settings, owner: Owner | None) -> Writer | None:
    if owner is not None and settings.llm == "bundled":
        return OwnerWriter(owner, tuned(Grammar.load())) if ADAPTER.exists() else None
    if owner is not None:
        return OwnerWriter(owner, asked)
    if settings.llm.startswith(SERVER):
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
        return ServerWriter(server_model(settings.llm, settings.openai_base_url, key))
    return None
