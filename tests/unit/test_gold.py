"""Tests for the gold rows: their checks, their split, and how offsets meet the text again."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.dialogues import inspired_turns, redial_turns
from training.gold import GoldRow, check, load_real, load_written, split

SEEKER, RECOMMENDER = 7, 8
FILM = "The Glass Harbour (1991)"
OTHER_FILM = "Nine Lanterns (2004)"


def dialogue() -> dict[str, Any]:
    """Return a small invented dialogue in the ReDial layout."""
    said = [
        (SEEKER, "hi, a spy  film?"),
        (SEEKER, "I loved @12"),
        (RECOMMENDER, "try @34"),
        (RECOMMENDER, "or @12 again"),
        (SEEKER, "@34 it is, not @99"),
    ]
    return {
        "conversationId": "5",
        "initiatorWorkerId": SEEKER,
        "movieMentions": {"12": "The Glass  Harbour (1991)", "34": OTHER_FILM, "99": None},
        "messages": [{"senderWorkerId": worker, "text": text} for worker, text in said],
    }


def gold_row(**changes: Any) -> GoldRow:
    """Return a sound row with `changes` made to it."""
    fields: dict[str, Any] = {
        "id": "a:1",
        "source": "written",
        "utterance": "any spy films from the 60s?",
        "intent": ["recommend"],
        "mentions": [{"text": "spy", "kind": "keyword", "attitude": "want"}],
        "constraints": {"year_min": 1960, "year_max": 1969},
    }
    return GoldRow.model_validate(fields | changes)


def write_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write `rows` as JSON lines and make the folder if it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_turns_are_merged_named_and_squeezed() -> None:
    turns = redial_turns(dialogue())
    assert [(turn.role, turn.text) for turn in turns] == [
        ("user", f"hi, a spy film? I loved {FILM}"),
        ("bot", f"try {OTHER_FILM} or {FILM} again"),
        ("user", f"{OTHER_FILM} it is, not @99"),
    ]


def test_inspired_turns_lose_their_tags() -> None:
    lines = [
        "RECOMMENDER: <opinion_inquiry> What do <offer_help> you like?",
        "SEEKER:  Note: spies",
    ]
    turns = inspired_turns({"dialog": lines})
    assert [turn.text for turn in turns] == ["What do you like?", "Note: spies"]
    assert [turn.role for turn in turns] == ["bot", "user"]


def test_offsets_meet_their_text_again(tmp_path: Path) -> None:
    spy = {"start": 6, "end": 9, "kind": "keyword", "attitude": "want"}
    loved = {"start": 24, "end": 24 + len(FILM), "kind": "item", "attitude": "like"}
    taken = {"start": 0, "end": len(OTHER_FILM), "kind": "item", "attitude": "want"}
    labels = [
        {"id": "redial:5:0", "intent": ["recommend", "inform"], "mentions": [spy, loved]},
        {"id": "redial:5:2", "intent": ["accept"], "mentions": [taken]},
    ]
    write_lines(tmp_path / "gold" / "redial.jsonl", labels)
    write_lines(tmp_path / "data" / "redial" / "train.jsonl", [dialogue()])
    first, last = load_real(tmp_path / "data", tmp_path / "gold")
    assert [mention.text for mention in first.mentions] == ["spy", FILM]
    assert (first.history, first.shown, first.group) == ([], [], "redial:5")
    assert last.mentions[0].text == OTHER_FILM
    assert [turn.role for turn in last.history] == ["user", "bot"]
    assert last.shown == [OTHER_FILM]
    check(first)
    check(last)


def test_inspired_titles_are_labels(tmp_path: Path) -> None:
    lines = ["SEEKER: a spy film?", "RECOMMENDER: <credibility> Nine Lanterns!", "SEEKER: Sold."]
    label = {"id": "inspired:x.pkl:2", "intent": ["accept"], "shown": [OTHER_FILM]}
    write_lines(tmp_path / "gold" / "inspired.jsonl", [label])
    (tmp_path / "inspired").mkdir()
    stored = json.dumps([{"conv_id": "x.pkl", "dialog": lines}])
    (tmp_path / "inspired" / "train.json").write_text(stored, encoding="utf-8")
    (row,) = load_real(tmp_path, tmp_path / "gold")
    assert (row.utterance, row.shown, row.source) == ("Sold.", [OTHER_FILM], "inspired")


def test_labels_of_an_unknown_dialogue_are_refused(tmp_path: Path) -> None:
    write_lines(tmp_path / "redial.jsonl", [{"id": "redial:404:0", "intent": ["greet"]}])
    with pytest.raises(KeyError, match="redial:404"):
        load_real(tmp_path, tmp_path)


def test_written_rows_are_read_from_every_file(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write_lines(tmp_path / "written" / f"{name}.jsonl", [gold_row(id=name).model_dump()])
    assert [row.id for row in load_written(tmp_path)] == ["a", "b"]


def test_a_sound_row_passes() -> None:
    check(gold_row())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"intent": ["demand"]}, "unknown intent 'demand'"),
        ({"intent": []}, "no intent"),
        ({"intent": ["recommend", "recommend"]}, "an intent twice"),
        ({"mentions": [{"text": "Spy", "kind": "genre", "attitude": "want"}]}, "not typed so"),
        ({"mentions": [{"text": "spy ", "kind": "genre", "attitude": "want"}]}, "blanks"),
        ({"mentions": [{"text": "", "kind": "genre", "attitude": "want"}]}, "nothing"),
        ({"mentions": [{"text": "spy", "kind": "thing", "attitude": "want"}]}, "unknown kind"),
        ({"mentions": [{"text": "spy", "kind": "genre", "attitude": "love"}]}, "unknown attitude"),
        ({"mentions": [{"text": "spy", "kind": "genre", "attitude": "want"}] * 2}, "a thing twice"),
        ({"constraints": {"year": 1960}}, "unknown constraint 'year'"),
        ({"intent": ["ask"], "attribute": "mood"}, "unknown attribute 'mood'"),
        ({"attribute": "plot"}, "neither asks nor compares"),
        ({"intent": ["critique"], "critique": ["funnier"]}, "unknown critique 'funnier'"),
        ({"critique": ["newer"]}, "critique without the intent"),
        ({"history": [{"role": "bot", "text": "hm"}] * 5}, "more than 4 turns"),
    ],
)
def test_a_bad_label_is_told_in_a_sentence(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^Row a:1 .*{sentence}.*\\.$"):
        check(gold_row(**changes))


@given(st.lists(st.tuples(st.text(), st.sampled_from("abcdefghijklmnop")), max_size=60))
def test_a_split_keeps_groups_whole_and_loses_nothing(named: list[tuple[str, str]]) -> None:
    rows = [gold_row(id=name, group=group) for name, group in named]
    parts = split(rows)
    groups = [{row.group for row in part} for part in parts]
    assert sum(map(len, parts)) == len(rows)
    assert sum(map(len, groups)) == len(set().union(*groups))


def test_a_split_is_about_seventy_fifteen_fifteen() -> None:
    parts = split(gold_row(id=f"row {number}") for number in range(2000))
    shares = [len(part) / 2000 for part in parts]
    assert shares == pytest.approx([0.7, 0.15, 0.15], abs=0.03)
