"""Opening the scorers of a data folder: the one that serves, and another one that is only watched."""

from dataclasses import dataclass

from bot.parts import Shadow
from bot.settings import Settings
from retrieval.encoder import Encoder
from retrieval.index import Index
from retrieval.ranking import Retriever
from retrieval.versions import Versions


@dataclass(frozen=True, slots=True)
class Scorers:
    """The retriever that serves, under its scorer's name, and the shadow, if there is one."""

    name: str
    served: Retriever
    shadow: Shadow | None = None


def open_scorers(settings: Settings, index: Index, encoder: Encoder) -> Scorers:
    """Returns the scorers, opened. Raises ModelError when a file is damaged or another program's."""
    versions = Versions(settings.home)
    serving = versions.serving
    served = Retriever.open(index, encoder, weights=versions.folder(serving.current))
    if serving.shadow is None:
        return Scorers(serving.current, served)
    beside = Retriever.open(index, encoder, weights=versions.folder(serving.shadow))
    return Scorers(serving.current, served, Shadow(serving.shadow, beside))
