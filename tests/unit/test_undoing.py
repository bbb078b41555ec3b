"""Going back and taking that back: which turns the words mean, and that nothing is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.folding import changes, fold
from bot.taste import Limited, Moved, Preference, Preferred, Redone, Shown, TasteEvent, Undone
from bot.undoing import going_back, putting_back, wants_redo, wants_undo
from retrieval.moves import Steer
from retrieval.wish import Limits


def liking(turn: int, name: str, words: str) -> Preferred:
    return Preferred(turn, Preference(name, "genre", "like", f"genre:{name.title()}", words, turn))


SAID = {1: "I love westerns", 2: "something scary, horror maybe", 3: "from the 90s", 4: "lighter please"}
LOG: tuple[TasteEvent, ...] = (
    liking(1, "western", SAID[1]),
    Shown(1, ("a", "b")),
    liking(2, "horror", SAID[2]),
    Limited(3, SAID[3], Limits(1990, 1999)),
    Moved(4, SAID[4], (Steer("lighter", ("a", "b")),)),
)


@pytest.mark.parametrize(
    ("words", "turns"),
    [
        ("undo", [4]),
        ("undo that last one", [4]),
        ("go back to before I said that", [4]),
        ("go back to before the horror thing", [4, 3, 2]),
        ("take me back to before I mentioned the 90s", [4, 3]),
        ("undo the horror thing", [2]),
        ("take back what I said about westerns", [1]),
        ("two steps back", [4, 3]),
        ("undo the last three changes", [4, 3, 2]),
        ("undo the last 0 changes", [4]),
        ("undo the last 9 changes", [4, 3, 2, 1]),
        ("undo twice", [4, 3]),
        ("undo everything", [4, 3, 2, 1]),
        ("undo the opera thing", []),
        ("go back to before the opera", []),
        ("撤销", [4]),
    ],
)
def test_what_is_taken_back(words: str, turns: list[int]) -> None:
    assert wants_undo(words) or words.startswith(("go back", "take me"))
    assert [event.of_turn for event in going_back(words, 5, LOG, SAID) if isinstance(event, Undone)] == turns


def test_what_is_told_of_it_are_the_words_of_the_turn() -> None:
    assert going_back("undo", 5, LOG, SAID) == [Undone(5, 4, SAID[4])]
    assert going_back("undo", 5, LOG, {}) == [Undone(5, 4, SAID[4])]  # its events kept them
    assert going_back("undo", 5, (), {}) == []


@pytest.mark.parametrize("words", ["no, put it back", "redo", "bring that back", "undo the undo", "恢复"])
def test_putting_back_restores_what_the_last_undo_took(words: str) -> None:
    assert wants_redo(words) and not wants_undo(words)
    log = [*LOG, *going_back("two steps back", 5, LOG, SAID)]
    restored = putting_back(6, log, SAID)
    assert restored == [Redone(6, 3, SAID[3]), Redone(6, 4, SAID[4])]
    assert fold([*log, *restored]) == fold(LOG)


def test_putting_back_without_an_undo_takes_the_last_change_back() -> None:
    assert putting_back(5, LOG, SAID) == [Undone(5, 4, SAID[4])]
    assert putting_back(1, (), {}) == []


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_going_back_step_by_step_and_forth_again_ends_where_it_began(depths: list[int]) -> None:
    log = list(LOG)
    turn = 5
    for depth in depths:
        before = fold(log)
        back = going_back(f"{depth} steps back", turn, log, SAID)
        log += back
        assert len(changes(log)) == max(0, len(changes(LOG)) - depth)
        log += putting_back(turn + 1, log, SAID) if back else []
        turn += 2
        assert fold(log) == before
