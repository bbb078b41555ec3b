"""All that was learned, opened together: the scorer, co-taste and the talk network, and what a log of use taught."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.items import Item
from retrieval.adapted import AdaptedScorer
from retrieval.behaviour import Behaviour
from retrieval.cotaste import CoTaste, Join
from retrieval.scorer import SCORER_FILE, WEIGHTS, LearnedScorer, Scorer
from retrieval.tables import rows_by_title
from retrieval.talk import Talk

COTASTE_FILE = "cotaste.npz"
TALK_FILE = "talk.npz"
BEHAVIOUR_FILE = "behaviour.npz"


@dataclass(frozen=True)
class Learned:
    """What serves. The tables are joined to one catalogue. `behaviour` is None where there was no log of use."""

    scorer: Scorer
    cotaste: CoTaste
    talk: Talk
    behaviour: Behaviour | None = None

    @staticmethod
    def load(items: Sequence[Item], folder: Path = WEIGHTS, join: Join = rows_by_title) -> "Learned":
        """Returns what `tastemaker train scorer` wrote into the folder. Raises ModelError when a file is damaged."""
        base = LearnedScorer.load(folder / SCORER_FILE)
        used = (folder / BEHAVIOUR_FILE).is_file()
        return Learned(
            AdaptedScorer.load(folder, base),
            CoTaste.load(folder / COTASTE_FILE, items, join),
            Talk.load(folder / TALK_FILE, items, join),
            Behaviour.load(folder / BEHAVIOUR_FILE, items) if used else None,
        )

    def save(self, folder: Path, keys: Sequence[str]) -> None:
        """Writes the files of what was learned from talks, the tables under the keys of the catalogue's items."""
        folder.mkdir(parents=True, exist_ok=True)
        if isinstance(self.scorer, LearnedScorer):
            self.scorer.save(folder / SCORER_FILE)
        self.cotaste.save(folder / COTASTE_FILE, keys)
        self.talk.save(folder / TALK_FILE, keys)
