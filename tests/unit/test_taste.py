"""The taste log: what each event does, and what undo means for any log."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.carrying import EARLIER, carried
from bot.folding import changes, fold
from bot.limits import narrowed
from bot.taste import (
    Accepted,
    Forgot,
    Lifted,
    Limited,
    Preference,
    Preferred,
    Refused,
    Restarted,
    Shown,
    Taste,
    TasteEvent,
    Undone,
)
from retrieval.wish import Limits

HORROR = Preference("horror", "genre", "like", "genre:Horror", "I like horror", 1)
COMEDY = Preference("comedy", "genre", "want", "genre:Comedy", "a comedy", 2, hard=True, scope="talk")


def test_the_latest_attitude_to_a_thing_counts() -> None:
    later = replace(HORROR, attitude="dislike", turn=3)
    taste = fold([Preferred(1, HORROR), Preferred(3, later)])
    assert taste.preferences == (later,)


def test_undo_takes_a_whole_turn_back_and_keeps_what_was_shown() -> None:
    log: list[TasteEvent] = [
        Preferred(1, HORROR),
        Shown(1, ("a",)),
        Preferred(2, COMEDY),
        Limited(2, "u", Limits(1990, 1999)),
    ]
    taste = fold([*log, Undone(3, 2)])
    assert taste.preferences == (HORROR,)
    assert taste.limits == Limits()
    assert taste.shown == ("a",)


def test_undo_twice_goes_two_changes_back() -> None:
    log: list[TasteEvent] = [Preferred(1, HORROR), Preferred(2, COMEDY)]
    log.append(Undone(3, changes(log)[-1]))
    log.append(Undone(4, changes(log)[-1]))
    assert fold(log) == Taste()
    assert changes(log) == ()


def test_forgetting_can_be_undone() -> None:
    log: list[TasteEvent] = [Preferred(1, HORROR), Forgot(2, ("genre:Horror",))]
    assert not len(fold(log))
    assert fold([*log, Undone(3, 2)]).of("genre:Horror") == HORROR


def test_accepting_keeps_what_was_wanted_for_another() -> None:
    limited = Limited(2, "u", Limits(year_min=1990))
    taste = fold([Preferred(1, HORROR), Preferred(2, COMEDY), limited, Accepted(3, ("x",))])
    assert taste.preferences == (HORROR, COMEDY)
    assert taste.limits == Limits(year_min=1990)
    assert taste.accepted == {"x"}


def test_a_fresh_request_replaces_wants_of_its_kinds_only() -> None:
    person = Preference("Tom Hanks", "person", "want", "person:Tom Hanks", "with Tom Hanks", 1, hard=True, scope="talk")
    taste = fold([Preferred(1, person), Preferred(2, COMEDY), Restarted(3, ("genre",), ("tt1",))])
    assert taste.preferences == (person,)
    assert taste.like_these == ("tt1",)


def test_lifting_drops_only_the_named_limits() -> None:
    soft = [Limited(1, "u", Limits(1990, 1999)), Limited(2, "u", Limits(None, None, None, 120), soft=True)]
    assert fold(soft).leaned == {"runtime_max"}
    assert fold([*soft, Limited(3, "u", Limits(None, None, None, 95))]).leaned == set(), "said firmly, it is firm"
    taste = fold([Limited(1, "u", Limits(1990, 1999, None, 120)), Lifted(2, ("year_min", "year_max"))])
    assert taste.limits == Limits(runtime_max=120)


def test_limits_that_contradict_are_replaced_and_others_meet() -> None:
    assert narrowed(Limits(year_max=1999), Limits(year_min=2000)) == Limits(year_min=2000)
    assert narrowed(Limits(year_min=1980), Limits(year_max=1989)) == Limits(1980, 1989)
    assert narrowed(Limits(1980, 1989), Limits(1990, 1999)) == Limits(1990, 1999)
    assert narrowed(Limits(runtime_max=120), Limits(year_min=2000)) == Limits(year_min=2000, runtime_max=120)


def test_only_lasting_things_are_carried_to_another_talk() -> None:
    log: list[TasteEvent] = [
        Preferred(1, HORROR),
        Preferred(2, COMEDY),
        Shown(2, ("a",)),
        Refused(3, ("a",)),
        Preferred(4, replace(HORROR, attitude="dislike", turn=4)),
        Undone(5, 4),
    ]
    taste = fold(carried(("t", event) for event in log))
    assert taste.preferences == (replace(HORROR, turn=EARLIER),)
    assert taste.refused == {"a"}
    assert taste.shown == ()


def test_an_undo_in_one_talk_leaves_the_other_talks_alone() -> None:
    logged: list[tuple[str, TasteEvent]] = [
        ("a", Preferred(1, HORROR)),
        ("b", Preferred(1, COMEDY)),
        ("b", Undone(2, 1)),
    ]
    assert fold(carried(logged)).preferences == (replace(HORROR, turn=EARLIER),)


keys = st.sampled_from(["genre:Horror", "genre:Comedy", "person:A", "tt1"])
preferences = st.builds(
    Preference,
    text=st.just("x"),
    kind=st.sampled_from(["genre", "person", "item"]),
    attitude=st.sampled_from(["like", "dislike", "want", "avoid", "seen"]),
    entity=keys,
    utterance=st.just("u"),
    turn=st.just(0),
    scope=st.sampled_from(["talk", "always"]),
)
ids = st.lists(st.sampled_from("abc"), max_size=3, unique=True).map(tuple)
years = st.none() | st.integers(1900, 2025)
limits = st.builds(Limits, year_min=years, year_max=years)
turns = st.integers(1, 6)
events: st.SearchStrategy[TasteEvent] = st.one_of(
    st.builds(Preferred, turns, preferences),
    st.builds(Limited, turns, st.just("u"), limits, st.booleans()),
    st.builds(Shown, turns, ids),
    st.builds(Refused, turns, ids),
    st.builds(Accepted, turns, ids),
    st.builds(Forgot, turns, st.lists(keys, max_size=2).map(tuple)),
    st.builds(Restarted, turns, st.just(("genre",)), ids),
)
logs = st.lists(events, max_size=25).map(lambda found: sorted(found, key=lambda event: event.turn))


@given(logs, turns)
def test_after_an_undo_the_state_is_the_fold_over_fewer_events(log: list[TasteEvent], turn: int) -> None:
    fewer = [e for e in log if e.turn != turn or isinstance(e, Shown)]
    assert fold([*log, Undone(9, turn)]) == fold(fewer)


@given(logs)
def test_a_thing_has_one_attitude_and_items_shown_are_listed_once(log: list[TasteEvent]) -> None:
    taste = fold(log)
    assert len({p.key for p in taste}) == len(taste)
    assert len(set(taste.shown)) == len(taste.shown)


@given(limits, limits)
def test_a_new_limit_always_holds(old: Limits, new: Limits) -> None:
    met = narrowed(old, new)
    for name in ("year_min", "year_max"):
        if getattr(new, name) is not None:
            assert getattr(met, name) == getattr(new, name)
    if met.year_min and met.year_max and not (new.year_min and new.year_max) and not _contradicts(old):
        assert met.year_min <= met.year_max


def _contradicts(span: Limits) -> bool:
    return bool(span.year_min and span.year_max and span.year_min > span.year_max)
