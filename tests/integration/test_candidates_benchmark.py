"""The benchmark command's way, on a tiny ReDial: right counts, and no way for an answer to leak into the ranking."""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.recommend import evaluate, evaluate_inspired, read_records
from evaluation.recommend_bench import Bench
from evaluation.recommend_page import page
from kg.catalogue import Catalogue
from kg.errors import CatalogueError
from kg.memory_graph import MemoryGraph
from retrieval.candidates import Knowledge
from retrieval.encoder import HashEncoder
from retrieval.index import Index
from retrieval.scorer import PlainScorer
from tests.retrieval_films import films
from training.scorer_benchmark import benchmark_catalogue, benchmark_index
from training.scorer_dialogues import Row, benchmark_row

OWN = Catalogue(films(20))
NAMES = {str(100 + number): f"{item.title}  ({item.year})" for number, item in enumerate(OWN)} | {"500": "Unknown"}


def record(turn: int, context: str, targets: list[str]) -> dict[str, Any]:
    return {
        "conversationId": "9",
        "turn": turn,
        "context": [{"role": "seeker", "text": context}],
        "context_movies": [],
        "response": f"Watch @{targets[0]}",
        "targets": targets,
        "names": NAMES,
    }


RECORDS = [
    record(1, "I liked @100 and a heist", ["101", "102"]),
    record(3, "I liked @100 , more horror", ["100", "103"]),
    record(5, "I liked @100 and @104", ["104"]),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "redial"
    folder.mkdir()
    (folder / "movies.csv").write_text("movieId,movieName\n" + "".join(f"{m},{n}\n" for m, n in NAMES.items()))
    (folder / "metadata.json").write_text(
        json.dumps({"500": {"genre": ["horror"], "plot": "A plot.", "star": ["Ann"]}})
    )
    (folder / "test.jsonl").write_text("".join(json.dumps(line) + "\n" for line in RECORDS))
    return tmp_path


def bench(data: Path) -> Bench:
    index = benchmark_index(data, OWN, HashEncoder(), data / "cache")
    return Bench.of(Knowledge.of(index), HashEncoder(), PlainScorer())


def rows_of(data: Path) -> list[Row]:
    return [benchmark_row(record) for record in read_records(data / "redial" / "test.jsonl")]


def test_full_and_dedup_are_measured_each_in_its_way(data: Path) -> None:
    report = evaluate(bench(data), read_records(data / "redial" / "test.jsonl"))
    assert report.pop("leak_check") == {"rows": 3, "leaks": 0, "conversations_learned_from": 0}
    assert (report["full"]["rows"], report["full"]["targets"]) == (3, 5)
    assert (report["dedup"]["rows"], report["dedup"]["targets"]) == (2, 3)
    for part in report.values():
        assert part["macro"]["recall@50"] == part["micro"]["recall@50"] == part["candidate_recall"] == 1.0
        low, high = part["interval_95"]["mrr"]
        assert 0 < low <= part["macro"]["mrr"] <= high <= 1
        assert part["seconds_per_row"] > 0


def test_a_file_without_repeats_is_measured_as_dedup_only(data: Path) -> None:
    records = read_records(data / "redial" / "test.jsonl")[:1]
    assert set(evaluate(bench(data), records)) == {"leak_check", "dedup"}


def test_what_was_named_is_left_out_of_dedup_lists_only(data: Path) -> None:
    opened, row = bench(data), rows_of(data)[2]
    assert not {"100", "104"} & set(opened.ranked(row, "dedup"))
    assert {"100", "104"} <= set(opened.ranked(row, "full"))


def test_neither_response_nor_targets_move_the_ranking(data: Path) -> None:
    """The leak check: whatever the answer is, the list stays the same."""
    path = data / "redial" / "test.jsonl"
    opened = bench(data)
    honest = [opened.ranked(row, "full") for row in rows_of(data)]
    lying = [line | {"response": "@119 @118 " * 50, "targets": ["119"], "context_movies": ["119"]} for line in RECORDS]
    path.write_text("".join(json.dumps(line) + "\n" for line in lying))
    assert [opened.ranked(row, "full") for row in rows_of(data)] == honest


def test_a_report_says_what_each_signal_is_worth_and_is_one_page(data: Path) -> None:
    report = evaluate(bench(data), read_records(data / "redial" / "test.jsonl"), ablate=True)
    for part in (report["full"], report["dedup"]):
        low, high = part["ablation"]["what was said"]["interval_95"]["mrr"]
        assert low <= part["ablation"]["what was said"]["loss"]["mrr"] <= high
        assert part["ablation"]["log of use"]["loss"]["mrr"] == 0.0  # there is none
    html = page(json.loads(json.dumps(report)), "test.jsonl")
    assert html.count("<svg") == 6
    assert "<script" not in html and "src=" not in html
    assert f"{report['dedup']['macro']['f1@10']:.4f}" in html


def test_inspired_is_measured_over_the_products_catalogue(tmp_path: Path) -> None:
    catalogue = Catalogue(films(20))
    first, second = (item.label for item in films(2))
    lines = [
        ("a", "RECOMMENDER", "Hello", ""),
        ("a", "SEEKER", "I liked the first", first),
        ("a", "RECOMMENDER", "Then see", second),
        ("a", "RECOMMENDER", "or this", "Nothing (1900)"),
        ("b", "RECOMMENDER", "Seen it?", second),
    ]
    path = tmp_path / "dev.tsv"
    head = "dialog_id\tspeaker\ttext\tmovies\n"
    path.write_text(head + "".join("\t".join(line) + "\n" for line in lines))
    index = Index.in_memory(catalogue, MemoryGraph(catalogue), HashEncoder())
    report = evaluate_inspired(path, index, HashEncoder())["inspired"]
    assert (report["rows"], report["targets"], report["linked"]) == (1, 2, 0.5)
    assert report["micro"]["recall@50"] == 0.5
    assert "INSPIRED" in page({"inspired": report}, "dev.tsv")


def test_movies_get_our_facts_and_their_metadata_only_where_allowed(data: Path) -> None:
    everything = benchmark_catalogue(data / "redial", OWN, "all")
    ours = benchmark_catalogue(data / "redial", OWN, "own")
    first, unknown = everything.get("100"), everything.get("500")
    assert first is not None and first.directors == ("Director 0",)
    assert unknown is not None and (unknown.genres, unknown.cast, unknown.synopsis) == (
        ("Horror",),
        ("Ann",),
        "A plot.",
    )
    plain = ours.get("500")
    assert plain is not None and plain.genres == ()


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"movies\.csv"):
        bench(tmp_path)


def test_a_line_that_is_no_json_is_named(data: Path) -> None:
    path = data / "redial" / "test.jsonl"
    path.write_text(path.read_text() + "{\n")
    with pytest.raises(CatalogueError, match="line 4"):
        read_records(path)
