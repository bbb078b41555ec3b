"""ReDial's candidate set as a catalogue with an index of its own, and the scorer that is trained for it.

Its movies have the facts of our own catalogue and, where allowed, those of its metadata, which is for evaluation
only: the product ships nothing that was learned from it.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from kg.catalogue import Catalogue
from kg.errors import CatalogueError
from kg.items import Item
from kg.memory_graph import MemoryGraph
from retrieval.columns import Columns
from retrieval.embedding import embed
from retrieval.encoder import Encoder
from retrieval.index import Index
from retrieval.progress import Progress, silent
from retrieval.texts import item_text
from retrieval.vectors import MemoryVectors
from training.scorer import CHOSEN, CHOSEN_TALK, FILES, learn_all, stages_of
from training.scorer_card import COMMAND, write_card
from training.scorer_dialogues import read_lines, title_and_year
from training.scorer_material import MOVIES, Material, candidate_names, gather
from training.scorer_measuring import Figures, measured
from training.scorer_network import Recipe
from training.scorer_tuning import chosen

Facts = Literal["all", "own"]
CAST_KEPT = 12
# Which conversations the weights learned from: rows of these measure nothing.
TALKS_FILE = "talks.npy"


def benchmark_catalogue(folder: Path, own: Catalogue, facts: Facts) -> Catalogue:
    """Returns one item a movie of `movies.csv`, under its ReDial id.

    `own` facts alone, or `all`: what `metadata.json` says of a movie is added. Raises CatalogueError when a file is
    missing or damaged.
    """
    names = candidate_names(folder / MOVIES)
    metadata = _metadata(folder / "metadata.json") if facts == "all" else {}
    return Catalogue(_item(movie, name, own, metadata.get(movie, {})) for movie, name in names.items())


def benchmark_index(
    data: Path, own: Catalogue, encoder: Encoder, cache: Path, facts: Facts = "all", progress: Progress = silent
) -> Index:
    """Returns the candidate set's index, in memory; item vectors are kept in the folder `cache`."""
    catalogue = benchmark_catalogue(data / "redial", own, facts)
    matrix = embed([item_text(item) for item in catalogue], encoder, cache / "shards", progress)
    vectors = MemoryVectors()
    vectors.add(catalogue.ids, matrix)
    graph = MemoryGraph(catalogue)
    return Index(catalogue, graph, vectors, matrix, Columns.of(catalogue), encoder_name=encoder.name)


def benchmark_material(
    data: Path,
    index: Index,
    encoder: Encoder,
    progress: Progress = silent,
    work: Path | None = None,
) -> Material:
    """Returns what the training learns from, repeats included; `work` is the folder of finished stages."""
    stages = stages_of(work, data, index, encoder, "benchmark")
    ids = {movie: movie for movie in index.columns.ids}
    return gather(data / "redial", index, encoder, CHOSEN_TALK, progress, item_of=ids, repeats=True, stages=stages)


def train_benchmark_scorer(
    data: Path,
    index: Index,
    encoder: Encoder,
    out: Path,
    progress: Progress = silent,
    *,
    recipe: Recipe = CHOSEN,
    work: Path | None = None,
    with_validation: bool = False,
    trials: int = 0,
) -> Figures:
    """Trains over the candidate set, repeats included, and writes weights and MODEL_CARD.md; the keys are ReDial's ids.

    Chosen and measured on the split by time and worker of the training and validation dialogues together. What is
    written is then learned from `train.jsonl` and the sequences alone, so that the validation rows can be measured; or,
    `with_validation`, from everything, for a test that is sealed. With `trials`, the recipe is searched for first.
    Returns the figures on the split.
    """
    redial = data / "redial"
    material = benchmark_material(data, index, encoder, progress, work)
    recipe, search = chosen(material, recipe, trials, progress)
    figures, calibration = measured(material, recipe, progress)
    files = FILES if with_validation else FILES[:1]
    kept = {int(dialogue["conversationId"]) for name in files for dialogue in read_lines(redial / name)}
    rows = [row for row in material.rows if row.conversation in kept]
    name = "all" if with_validation else "training"
    learn_all(material, name, rows, recipe, calibration, progress).save(out, index.columns.ids)
    unread = {row.conversation for row in material.rows} - kept
    talks = sorted({talk for talk, _ in material.teacher.histories} - unread)
    np.save(out / TALKS_FILE, np.array(talks, dtype=np.int32))
    which = "and validation dialogues" if with_validation else "dialogues alone"
    command = f"{COMMAND} --benchmark{' --with-validation' if with_validation else ''}"
    shipped = f"The weights beside this card were then trained in the same way on all training {which}."
    figures = replace(figures, search=search)
    write_card(out / "MODEL_CARD.md", figures, recipe, command, shipped)
    return figures


def learned_talks(folder: Path) -> frozenset[int]:
    """Returns the conversations that the weights in the folder learned from; none where that was not written down."""
    path = folder / TALKS_FILE
    return frozenset(np.load(path).tolist()) if path.is_file() else frozenset()


def _metadata(path: Path) -> Mapping[str, Mapping[str, Any]]:
    try:
        found: Mapping[str, Mapping[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path} cannot be read ({error}). Is --data the folder that holds redial/?") from error
    return found


def _item(movie: str, name: str, own: Catalogue, said: Mapping[str, Any]) -> Item:
    title, year = title_and_year(name)
    known = own.get(said.get("imdb_id") or "") or own.find(title, year) or own.find(title)
    item = replace(known, id=movie, title=title, year=year or known.year) if known else Item(movie, title, year)
    if not said:
        return item
    return replace(
        item,
        genres=_more(item.genres, [genre.title() for genre in said.get("genre") or ()]),
        directors=_more(item.directors, said.get("director") or ()),
        writers=_more(item.writers, said.get("writer") or ()),
        # The metadata names the leading players, our catalogue all of them by the alphabet.
        cast=_more(tuple(said.get("star") or ()), item.cast)[:CAST_KEPT],
        synopsis=said.get("plot") or item.synopsis,
    )


def _more(first: tuple[str, ...], others: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *others)))
