"""Training from end to end on a tiny made-up ReDial: what is written can be served, and twice gives the same."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.catalogue import Catalogue
from kg.memory_graph import MemoryGraph
from retrieval.encoder import HashEncoder
from retrieval.features import NAMES
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.ranking import Retriever
from retrieval.scorer import LearnedScorer
from retrieval.talk import Talk
from retrieval.wish import Wish
from tests.retrieval_films import films
from training import scorer_examples, scorer_tuning
from training.scorer import train_scorer
from training.scorer_benchmark import benchmark_index, learned_talks, train_benchmark_scorer
from training.scorer_dialogues import dialogue_rows, read_lines
from training.scorer_examples import Example
from training.scorer_material import split_by_time
from training.scorer_measuring import Figures
from training.scorer_network import Recipe
from training.scorer_stages import Stages

CATALOGUE = Catalogue(films(40))
ENCODER = HashEncoder()
NAMED = {str(100 + number): item for number, item in enumerate(CATALOGUE)}
QUICK = Recipe(hidden=(8,), rate=1e-2, epochs=6)


def dialogue(talk: int) -> dict[str, object]:
    """Who names a film is recommended the next one: there is something to learn."""
    first = 100 + talk % 30
    names = {str(first + step): NAMED[str(first + step)].label for step in range(3)}
    said = [(1, f"I like @{first}"), (2, f"Then see @{first + 1}"), (1, "And what else?"), (2, f"See @{first + 2} too")]
    return {
        "conversationId": str(talk),
        "initiatorWorkerId": 1,
        "respondentWorkerId": 10 + (talk // 4),
        "movieMentions": names,
        "initiatorQuestions": [],
        "messages": [{"senderWorkerId": who, "text": text} for who, text in said],
    }


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    redial = folder / "redial"
    redial.mkdir()
    talks = [dialogue(talk) for talk in range(120)]
    lines = [json.dumps(talk) + "\n" for talk in talks]
    (redial / "train.jsonl").write_text("".join(lines[:100]))
    (redial / "valid.jsonl").write_text("".join(lines[100:]))
    sequences = [
        {"conversationId": str(talk), "items": [{"movieId": "100"}, {"movieId": "101"}]} for talk in (200, 201)
    ]
    (redial / "train_sequences.jsonl").write_text("".join(json.dumps(line) + "\n" for line in sequences))
    rows = "".join(f'{movie},"{item.label}"\n' for movie, item in NAMED.items())
    (redial / "movies.csv").write_text("movieId,movieName\n" + rows)
    (redial / "metadata.json").write_text("{}")
    return folder


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.in_memory(CATALOGUE, MemoryGraph(CATALOGUE), ENCODER)


@pytest.fixture(scope="module")
def weights(data: Path, index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("weights")
    train_scorer(data, index, ENCODER, out, recipe=QUICK)
    return out


def test_what_is_learned_serves(weights: Path, index: Index) -> None:
    retriever = Retriever(index, ENCODER, Learned.load(tuple(CATALOGUE), weights))
    picks = retriever.recommend(Wish(text="And what else?", liked=("f3", "f4"), count=5, novelty=0.0)).items
    assert "f5" in [pick.item.id for pick in picks]


def test_the_card_says_what_was_measured(weights: Path) -> None:
    card = (weights / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "| learned scorer |" in card
    assert "| popularity |" in card
    assert all(f"`{name}`" in card for name in NAMES)


def test_training_twice_gives_the_same_weights(weights: Path, data: Path, index: Index, tmp_path: Path) -> None:
    train_scorer(data, index, ENCODER, tmp_path, recipe=QUICK)
    for name in ("scorer.npz", "cotaste.npz", "talk.npz"):
        with np.load(weights / name) as first, np.load(tmp_path / name) as second:
            assert set(first) == set(second)
            assert all(np.array_equal(first[key], second[key]) for key in first)


def test_no_recommender_is_on_both_sides_of_the_split(data: Path) -> None:
    rows = dialogue_rows([*read_lines(data / "redial" / "train.jsonl"), *read_lines(data / "redial" / "valid.jsonl")])
    early, late = split_by_time(rows)
    assert early
    assert max(row.conversation for row in early) < min(row.conversation for row in late)
    assert not {row.worker for row in early} & {row.worker for row in late}


@pytest.fixture(scope="module")
def candidates(data: Path) -> Index:
    return benchmark_index(data, CATALOGUE, ENCODER, data / "cache")


def differing(one: Path, other: Path) -> list[str]:
    """Returns which files of weights differ."""
    found = []
    for name in ("scorer.npz", "cotaste.npz", "talk.npz"):
        with np.load(one / name) as first, np.load(other / name) as second:
            if set(first) != set(second) or not all(np.array_equal(first[key], second[key]) for key in first):
                found.append(name)
    return found


def test_the_benchmark_ships_nothing_of_the_validation_dialogues_unless_told(
    data: Path, candidates: Index, tmp_path: Path
) -> None:
    def trained(name: str, *, with_validation: bool) -> Path:
        train_benchmark_scorer(
            data, candidates, ENCODER, tmp_path / name, recipe=QUICK, with_validation=with_validation
        )
        return tmp_path / name

    without, with_it = trained("without", with_validation=False), trained("with", with_validation=True)
    assert learned_talks(without) == {*range(100), 200, 201}
    assert learned_talks(with_it) == {*range(120), 200, 201}
    assert differing(without, with_it) == ["scorer.npz", "cotaste.npz", "talk.npz"]
    assert "--with-validation" in (with_it / "MODEL_CARD.md").read_text()
    valid = data / "redial" / "valid.jsonl"
    kept = valid.read_text()
    # Other films are recommended in the validation dialogues: what is learned without them stays as it is.
    valid.write_text(kept.replace("Then see @", "Never see @"))
    try:
        again = trained("again", with_validation=False)
    finally:
        valid.write_text(kept)
    calibrated = {"scorer.npz"}  # its calibration is fitted on held-out dialogues, validation ones among them
    assert set(differing(without, again)) <= calibrated
    with np.load(without / "scorer.npz") as first, np.load(again / "scorer.npz") as second:
        assert all(np.array_equal(first[key], second[key]) for key in first if key != "calibration")


def test_a_run_that_was_killed_goes_on_where_it_was(
    data: Path, candidates: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, learned = tmp_path / "work", []
    real = scorer_examples.learn_talk

    def counted(*given: Any) -> Talk:
        if len(learned) == 3:
            raise KeyboardInterrupt
        learned.append(1)
        return real(*given)

    def run(name: str, work: Path | None) -> Path:
        train_benchmark_scorer(data, candidates, ENCODER, tmp_path / name, recipe=QUICK, work=work)
        return tmp_path / name

    monkeypatch.setattr(scorer_examples, "learn_talk", counted)
    with pytest.raises(KeyboardInterrupt):
        run("killed", work)
    assert not (tmp_path / "killed").exists()
    monkeypatch.setattr(scorer_examples, "learn_talk", lambda *given: learned.append(1) or real(*given))
    resumed = run("resumed", work)
    assert len(learned) == 10  # five tables to measure with, five to ship, none learned twice
    run("once more", work)
    assert len(learned) == 10
    assert differing(resumed, run("at once", None)) == []


def test_a_search_chooses_the_recipe_and_is_not_made_twice(
    data: Path, index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Recipe] = []
    real = scorer_tuning.fit

    def counted(examples: Sequence[Example], recipe: Recipe, tell: Any) -> LearnedScorer:
        tried.append(recipe)
        return real(examples, replace(recipe, epochs=2), tell)

    monkeypatch.setattr(scorer_tuning, "fit", counted)

    def run(name: str) -> Figures:
        work = tmp_path / "work"
        return train_scorer(data, index, ENCODER, tmp_path / name, recipe=QUICK, work=work, trials=2)

    figures = run("out")
    # As it was, and two of each way; Bayesian search starts where random search did, and asks that once.
    assert len(tried) == len(set(tried)) == 6
    assert len(figures.search) == 2 + 4
    best = figures.search[2]
    layers = LearnedScorer.load(tmp_path / "out" / "scorer.npz").layers
    shape = "–".join(str(len(bias)) for _, bias in layers[:-1]) or "none"
    card = (tmp_path / "out" / "MODEL_CARD.md").read_text(encoding="utf-8")
    told = " ".join(card.split())
    assert best.split(" | ")[4] == shape
    assert best in card
    assert f"rate {best.split(' | ')[5]}, decay {best.split(' | ')[6]}" in told
    assert run("again").search == figures.search
    assert len(tried) == 6


def test_a_damaged_stage_is_made_anew_and_other_data_find_none(tmp_path: Path) -> None:
    file = tmp_path / "data.jsonl"
    file.write_text("1")
    stages = Stages.of(tmp_path / "work", [file], "recipe")
    assert stages.kept("sum", lambda: 3) == stages.kept("sum", lambda: 4) == 3
    next((tmp_path / "work").iterdir()).write_bytes(b"torn")
    assert stages.kept("sum", lambda: 5) == 5
    file.write_text("2")
    assert Stages.of(tmp_path / "work", [file], "recipe").kept("sum", lambda: 6) == 6


def test_a_stage_is_kept_apart_by_what_it_alone_depends_on(tmp_path: Path) -> None:
    stages = Stages.of(tmp_path / "work", [])
    assert [stages.kept("fit", lambda: 1, QUICK), stages.kept("fit", lambda: 2, Recipe())] == [1, 2]
    assert stages.kept("fit", lambda: 3, QUICK) == 1
