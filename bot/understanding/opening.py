"""Opens the parts that understand: the tagger where its weights are, the language model that the settings name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.language_model import SERVER, LlamaChat, Owner, chat_model, open_owner
from bot.understanding.merge import Reads, Understander
from bot.understanding.model import ADAPTER, LANE, SchemaReader, SmallReader
from bot.understanding.tagger import WEIGHTS, Tagger
from bot.understanding.tagger.gazetteer import Gazetteer
from kg.items import Item
from kg.linking import Linker

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """The understander and, for a local model, its owner (which words answers too, and must be closed)."""

    understander: Understander
    owner: Owner | None = None

    def close(self) -> None:
        """Ends the model's thread."""
        if self.owner:
            self.owner.close()


def open_understander(
    items: Iterable[Item],
    llm: str = "bundled",
    *,
    gpu_layers: int = -1,
    base_url: str | None = None,
    api_key: str | None = None,
    linker: Linker | None = None,
    adapters: Mapping[str, Path] | None = None,
) -> Opened:
    """Returns an understander for a catalogue. The local model loads in the background; until then the tagger answers.

    `adapters` are further ones that the same model is to hold, by name, for other work than understanding.
    Raises ModelError when the model that `llm` names is not there.
    """
    films = list(items)
    tagger = Tagger(Gazetteer.of(films)) if WEIGHTS.exists() else None
    model, owner = _model(llm, gpu_layers, base_url, api_key, adapters or {})
    weigher = model if isinstance(model, SmallReader) else None
    return Opened(Understander(linker or Linker(films), tagger, model, weigher), owner)


def _model(
    llm: str, gpu_layers: int, base_url: str | None, api_key: str | None, adapters: Mapping[str, Path]
) -> tuple[Reads | None, Owner | None]:
    """Returns the reader for a model's name: compact lines for the tuned one, a schema for all others."""
    if llm.startswith(SERVER):
        return SchemaReader(chat_model(llm, base_url=base_url, api_key=api_key)), None
    owner = open_owner(llm, gpu_layers=gpu_layers, adapters={LANE: ADAPTER, **adapters})
    if llm != "bundled":
        return SchemaReader(LlamaChat(owner=owner, max_tokens=400, seconds=20.0, lane="understanding")), owner
    if not ADAPTER.exists():
        log.info("understanding.untuned", reason="the adapter is not there; the bundled model is not asked")
        return None, owner
    return SmallReader(owner), owner
