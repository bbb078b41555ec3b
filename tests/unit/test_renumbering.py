"""Steps that waited for the store, put behind those that another process kept."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.folding import fold
from bot.renumbering import last_step, renumbered
from bot.store import TurnRecord
from bot.taste import Preference, Preferred, Shown, TasteEvent, Undone

HORROR = Preference("horror", "genre", "dislike", "genre:Horror", "no horror", 4)


def test_steps_that_nobody_overtook_stay() -> None:
    steps = ((Shown(3, ("a",)),), (TurnRecord(3, "hi", "hello", "chat"),))
    assert renumbered(steps, after=2) == steps


def test_what_points_at_a_waiting_step_goes_with_it_and_what_points_before_stays() -> None:
    events: tuple[TasteEvent, ...] = (Preferred(4, HORROR), Undone(5, 4), Undone(6, 2))
    moved, turns = renumbered((events, (TurnRecord(4, "no horror", "fine", "confirm"),)), after=7)
    assert [event.turn for event in moved] == [8, 9, 10]
    assert [event.of_turn for event in moved if isinstance(event, Undone)] == [8, 2]
    assert turns[0].number == 8
    assert not fold(moved).preferences  # what was undone is still undone


@settings(deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.integers(0, 30), st.integers(1, 20))
def test_all_come_after_in_their_order(gaps: list[int], after: int, first: int) -> None:
    numbers = [first + sum(gaps[:n]) for n in range(len(gaps))]
    steps = (
        tuple(Shown(number, (f"f{number}",)) for number in numbers),
        tuple(TurnRecord(number, "hi", "hello", "chat") for number in numbers),
    )
    events, turns = renumbered(steps, after)
    moved = [turn.number for turn in turns]
    assert moved[0] > after and moved == [event.turn for event in events]
    assert [b - a for a, b in pairwise(moved)] == gaps[:-1]
    assert last_step(events, turns) == moved[-1]
