"""A language model's own proposals: read, linked, filtered, and fused with the scorer's belief."""

import numpy as np
import pytest

from bot.language_model import FakeLanguageModel
from evaluation.recommend_bench import Bench
from evaluation.recommend_generative import Beliefs, evaluate_generative, mixed, prompt_of
from kg.catalogue import Catalogue
from kg.memory_graph import MemoryGraph
from retrieval.candidates import Knowledge
from retrieval.columns import Columns
from retrieval.encoder import HashEncoder
from retrieval.index import Index
from retrieval.proposals import Proposals
from retrieval.scorer import PlainScorer
from tests.retrieval_films import film, films
from training.scorer_dialogues import Row, Said

WRITTEN = """Sure, here are some films:
1. Titanic (1953)
- "Heat"
Titanic (1953)
Never Made (1931)
Mood: Tense, horror.
"""


def test_titles_and_moods_are_read_and_anything_else_is_left_out() -> None:
    proposals = Proposals.read(WRITTEN)
    assert proposals.written == (("Titanic", 1953), ("Heat", None), ("Never Made", 1931))
    assert proposals.moods == ("tense", "horror")
    assert Proposals.read("") == Proposals((), ())


def test_only_what_the_catalogue_has_and_the_wish_allows_is_believed() -> None:
    catalogue = Catalogue([film(1, title="Titanic", year=1953), film(2, title="Heat", year=1995), *films(20)[5:]])
    columns = Columns.of(catalogue)
    proposals = Proposals.read(WRITTEN)
    assert proposals.linked(catalogue) == ("f1", "f2")
    allowed = np.ones(len(columns), dtype=np.bool_)
    shares = proposals.shares(catalogue, columns, allowed)
    assert shares.sum() == pytest.approx(1.0)
    assert shares[0] > shares[1] > shares[2:].max()
    scary = columns.having["genre:Horror"]
    assert shares[scary].min() > 0
    allowed[[0, scary[-1]]] = False
    narrow = proposals.shares(catalogue, columns, allowed)
    assert narrow[0] == narrow[scary[-1]] == 0.0
    assert narrow[1] > shares[1]
    assert not Proposals.read("nothing").shares(catalogue, columns, allowed).any()


def row(talk: int, wanted: str) -> Row:
    context = (Said("seeker", "I liked @f0 , something scary?"),)
    return Row(talk, 1, "", context, ("f0",), (wanted,), {"f0": "Film 0 (1990)"})


def test_the_prompt_tells_the_talk_and_never_the_answer() -> None:
    asked = prompt_of(
        Row(1, 1, "", (Said("seeker", "I liked @5 a lot"),), ("5",), ("6",), {"5": "Heat (1995)", "6": "Up"})
    )
    assert "Person: I liked Heat (1995) a lot" in asked
    assert "Films named so far: Heat (1995)" in asked
    assert "Up" not in asked


def test_a_model_that_knows_better_is_trusted_by_the_learned_fusions() -> None:
    catalogue = Catalogue(films(40))
    index = Index.in_memory(catalogue, MemoryGraph(catalogue), HashEncoder())
    bench = Bench.of(Knowledge.of(index), HashEncoder(), PlainScorer())
    wanted = catalogue.get("f33")
    assert wanted is not None
    rows = [row(talk, "f33") for talk in range(8)]
    wise = FakeLanguageModel(answers=f"{wanted.title} ({wanted.year})")
    report = evaluate_generative(bench, rows, wise, "fake")
    assert (report["rows"], report["linked"]) == (8, 1.0)
    ways = {name: way["macro"]["recall@1"] for name, way in report["ways"].items()}
    assert ways["scorer alone"] < 1.0
    assert ways["model alone"] == ways["weighted"] == ways["learned"] == 1.0
    silent = evaluate_generative(bench, rows, FakeLanguageModel(answers="I do not know any films!"), "fake")
    assert silent["linked"] == 0.0
    figures = silent["ways"]
    assert figures["model alone"]["macro"]["recall@50"] == 0.0 < figures["scorer alone"]["macro"]["recall@50"]
    assert figures["weighted"]["macro"] == figures["average"]["macro"] == figures["scorer alone"]["macro"]


def test_the_scorer_orders_what_the_model_leaves_equal() -> None:
    belief = Beliefs(np.array([4, 5, 6]), np.array([0.1, 0.6, 0.3], np.float32), np.zeros(3, np.float32), (6,), 1)
    assert belief.hits(belief.model).places == (2,)
    assert belief.hits(mixed(belief, 1.0)).places == (2,)
