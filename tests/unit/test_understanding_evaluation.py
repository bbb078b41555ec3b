"""The figures of the contract, counted by hand on a few rows."""

# ruff: noqa: E501 — one labelled row a line

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.understanding.types import Constraints, Context, Mention, Understanding
from evaluation.understanding import Row, evaluate_rows, evaluate_understanding, key
from evaluation.understanding_page import page
from kg.errors import CatalogueError


class Answers:
    """Understands each utterance as it is told to."""

    def __init__(self, answers: dict[str, Understanding]) -> None:
        self.answers = answers

    def understand(self, utterance: str, context: Context, spoken_of: Sequence[str] = ()) -> Understanding:
        return self.answers[utterance]


LINES = (
    {"utterance": "a", "intent": ["recommend", "inform"], "mentions": [{"text": "Heat (1995)", "kind": "item", "attitude": "like"}], "constraints": {"year_min": 1990}},
    {"utterance": "b", "intent": ["ask"], "reference": 2, "attribute": "plot", "mentions": [{"text": "Tom", "kind": "person", "attitude": "about"}]},
    {"utterance": "c", "intent": ["critique"], "critique": ["newer", "older"], "shown": ["X"], "history": [{"role": "bot", "text": "X?"}]},
)  # fmt: skip
ANSWERS = {
    "a": Understanding("inform", (Mention("heat", "item", "dislike"),), Constraints(year_min=1990)),
    "b": Understanding("ask", (Mention("Tom", "item", "about"),), reference=2, attribute="cast"),
    "c": Understanding("critique", critique=("older", "newer")),
}


def test_the_contract_s_figures() -> None:
    figures = evaluate_rows([Row.of(line) for line in LINES], Answers(ANSWERS)).metrics
    assert figures["rows"] == 3
    assert figures["intent_accuracy"] == 1.0
    assert figures["mention_f1"] == 0.5
    assert figures["attitude_accuracy"] == 0.0
    assert figures["constraint_accuracy"] == 1.0
    assert figures["reference_accuracy"] == 1.0
    assert figures["attribute_accuracy"] == round(2 / 3, 4)
    assert figures["critique_accuracy"] == 1.0
    assert 0 <= figures["p50_seconds"] <= figures["p95_seconds"]


def test_the_file_the_page_and_the_json(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in LINES), "utf-8")
    report = evaluate_understanding(file, Answers(ANSWERS))
    assert json.loads(report.json())["rows"] == 3
    html = page(report)
    assert "missed person" in html
    assert "<script" not in html


def test_faults_are_told_in_words() -> None:
    report = evaluate_rows([Row.of(line) for line in LINES], Answers(ANSWERS))
    assert [len(outcome.faults) for outcome in report.worst()] == [3, 1]


@pytest.mark.parametrize(("one", "other"), [("Heat (1995)", "heat"), ("The  Sting", "the sting"), ("É", "é")])
def test_texts_that_are_equal(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize("content", ["not json", '{"utterance": "no intent"}', "[1]"])
def test_a_file_in_another_layout(tmp_path: Path, content: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(content, "utf-8")
    with pytest.raises(CatalogueError, match="layout"):
        evaluate_understanding(file, Answers({}))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot be read"):
        evaluate_understanding(tmp_path / "none.jsonl", Answers({}))
