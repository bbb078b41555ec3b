"""Asking to have all deleted, and what is said to the question whether it is meant."""

import pytest

from bot.deleting import asks_deletion, deletion
from bot.store import TurnRecord

ASKED = TurnRecord(1, "delete all you know about me", "Shall I?", "ask")


@pytest.mark.parametrize(
    "words",
    [
        "Delete all you know about me",
        "please erase everything you know about me",
        "can you delete everything that you've stored about me?",
        "delete what you know about me",
        "wipe everything about me",
        "erase all my data",
        "I want you to delete my personal data",
        "delete my account",
        "删除你知道的关于我的一切",
        "删除我的所有数据",
        "把我的数据都删掉",
    ],
)
def test_deleting_is_asked_for(words: str) -> None:
    assert asks_deletion(words) and deletion(words, None) == "asked"


@pytest.mark.parametrize(
    "words",
    [
        "forget everything",
        "forget what I said",
        "delete that",
        "delete the horror ban",
        "drop my limits",
        "don't delete my data",
        "what do you know about me?",
        "a film about a hacker who wipes memories",
        "忘记所有",
        "去掉恐怖片",
        "",
    ],
)
def test_it_is_not(words: str) -> None:
    assert deletion(words, None) is None


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("yes", "agreed"),
        ("Yes, delete it.", "agreed"),
        ("yes please", "agreed"),
        ("go ahead", "agreed"),
        ("delete everything you know about me!", "agreed"),
        ("是的", "agreed"),
        ("no", "declined"),
        ("no, don't delete it", "declined"),
        ("keep it", "declined"),
        ("算了", "declined"),
        ("no horror please", None),
        ("a comedy", None),
        ("yes, but first a comedy", None),
    ],
)
def test_what_is_said_to_the_question(words: str, meant: str | None) -> None:
    assert deletion(words, ASKED) == meant


def test_a_yes_to_anything_else_deletes_nothing() -> None:
    assert deletion("yes", None) is None
    assert deletion("yes", TurnRecord(1, "a comedy", "Which one?", "ask")) is None
    assert deletion("yes", TurnRecord(1, ASKED.utterance, "Forgotten.", "confirm")) is None
