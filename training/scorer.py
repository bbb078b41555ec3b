"""`tastemaker train scorer`: the scorer, the co-taste table and the talk network, learned from ReDial's dialogues.

Chosen and measured on a split by time and worker; then trained again on everything and written, with a model card.
Finished stages are kept in a work folder, so that a run that was killed goes on where it was.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from retrieval.encoder import Encoder
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.progress import Progress, silent
from retrieval.scorer import WEIGHTS
from retrieval.tables import key_of
from training.scorer_card import write_card
from training.scorer_dialogues import Row
from training.scorer_material import MOVIES, SEQUENCES, Material, gather
from training.scorer_measuring import Figures, measured, telling
from training.scorer_network import Recipe, fit
from training.scorer_stages import NOTHING_KEPT, Stages
from training.scorer_talk import TalkRecipe
from training.scorer_tuning import chosen

CHOSEN = Recipe()
CHOSEN_TALK = TalkRecipe()
FILES = ("train.jsonl", "valid.jsonl")


def train_scorer(
    data: Path,
    index: Index,
    encoder: Encoder,
    out: Path = WEIGHTS,
    progress: Progress = silent,
    recipe: Recipe = CHOSEN,
    work: Path | None = None,
    trials: int = 0,
) -> Figures:
    """Trains on `data`/redial over the index's catalogue and writes the weights and MODEL_CARD.md into `out`.

    With `trials`, the recipe is searched for first. Returns the figures on the held-out dialogues. Seeded: the same
    data and recipe give the same weights on one machine. Stages are kept in the folder `work`. Raises CatalogueError
    when the data is missing.
    """
    stages = stages_of(work, data, index, encoder)
    material = gather(data / "redial", index, encoder, CHOSEN_TALK, progress, files=FILES, stages=stages)
    recipe, search = chosen(material, recipe, trials, progress)
    figures, calibration = measured(material, recipe, progress)
    learned = learn_all(material, "all", material.rows, recipe, calibration, progress)
    learned.save(out, [key_of(item) for item in index.catalogue])
    figures = replace(figures, search=search)
    write_card(out / "MODEL_CARD.md", figures, recipe)
    return figures


def stages_of(work: Path | None, data: Path, index: Index, encoder: Encoder, *parts: object) -> Stages:
    """Returns the stages of a run over these data and this catalogue; nothing is kept without a folder."""
    if work is None:
        return NOTHING_KEPT
    files = [data / "redial" / name for name in (*FILES, SEQUENCES, MOVIES)]
    facts = [repr(item) for item in index.catalogue]
    return Stages.of(work, files, encoder.name, CHOSEN_TALK, facts, *parts)


def learn_all(
    material: Material,
    name: str,
    rows: Sequence[Row],
    recipe: Recipe,
    calibration: tuple[float, float],
    progress: Progress,
) -> Learned:
    """Returns everything learned from `rows` and the histories, but for talks that only other rows are of.

    `name` is that of the stages.
    """
    teacher, kept = material.teacher, {row.conversation for row in rows}
    left_out = {row.conversation for row in material.rows} - kept
    fitted = teacher.cross_fitted(name, rows, lambda talk: talk not in left_out, progress)
    examples = material.examples(name, rows, fitted, progress)
    learn = partial(fit, examples, recipe, telling(progress, recipe))
    scorer = material.stages.kept(f"scorer-{name}", learn, recipe)
    tables = teacher.learn(name, lambda talk: talk not in left_out)
    return Learned(replace(scorer, calibration=calibration), tables.cotaste, tables.talk)
