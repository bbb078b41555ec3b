"""What people do with what they are shown: verdicts in words and by button, lists with their verdicts, the log."""

from pathlib import Path

import pytest

from bot.feedback import MARKS, VERDICTS, Judged, Listed, Shadowed, agreement, as_verdict, judged_in, taste_of
from bot.folding import fold
from bot.store import Store
from bot.taste import Accepted, Preference, Preferred, Refused, Shown
from kg.errors import ModelError, TastemakerError
from retrieval.wish import Limits, Wish
from training.logs import Trial, split_trials, trials_of

WISH = Wish(text="a heist", must=(frozenset({"genre:Comedy"}),), exclude=frozenset({"z"}), limits=Limits(1990))
LISTED = Listed(1, WISH, ("a", "b", "c"), (1.0, 1.0, 0.3), "v2")


def test_a_verdict_is_a_taste_that_the_panel_shows() -> None:
    taste = fold(
        [Shown(1, ("a", "b", "c", "d")), *(taste_of(v, item, v, 2) for v, item in zip(VERDICTS, "abcd", strict=True))]
    )
    assert {p.entity: p.attitude for p in taste} == {"a": "like", "b": "dislike", "c": "seen"}
    assert taste.refused == {"d"}
    assert taste.preferences[0].utterance == MARKS["up"]


def test_an_unknown_verdict_says_which_there_are() -> None:
    assert as_verdict("seen") == "seen"
    with pytest.raises(TastemakerError, match="up, down, seen, dismissed"):
        as_verdict("meh")


def test_words_on_what_was_shown_are_verdicts_too_and_on_others_not() -> None:
    liked = Preferred(2, Preference("C", "item", "like", "c", "loved c", 2))
    genre = Preferred(2, Preference("x", "genre", "like", "a", "a", 2))
    events = [Accepted(2, ("a",)), Refused(2, ("a", "b")), liked, genre]
    assert judged_in(events, ("a", "b"), 2) == [Judged(2, "a", "up"), Judged(2, "b", "dismissed")]
    assert judged_in(events, ("c",), 2) == [Judged(2, "c", "up")]


def test_the_log_gives_back_what_was_put_in_and_forgets_whom_it_should(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'talks.sqlite3'}")
    events = [LISTED, Judged(2, "a", "up"), Shadowed(1, "v3", ("a",), 0.5)]
    for user in ("ann", "bob"):
        store.begin(f"of-{user}", user)
        store.uses.append(f"of-{user}", user, events)
    assert [use.event for use in store.uses if use.user == "ann"] == events
    store.forget("ann")
    assert {use.user for use in store.uses} == {"bob"}
    store.close()


def test_a_verdict_goes_to_the_last_list_that_held_the_item(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'talks.sqlite3'}")
    store.uses.append("t1", "ann", [LISTED, Judged(2, "a", "down")])
    store.uses.append("t2", "bob", [LISTED])
    store.uses.append("t1", "ann", [LISTED, Judged(4, "a", "up"), Judged(4, "x", "up")])
    first, other, second = trials_of(store.uses)
    store.close()
    assert (first.verdicts, other.verdicts, second.verdicts) == ({"a": "down"}, {}, {"a": "up"})
    assert first.wanted == (0.0, 1.0, 1.0)
    assert other.wanted == (0.0, 0.0, 0.0)
    assert (second.rewards, second.wanted) == ((1.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    assert (second.wish, second.propensities) == (WISH, (1.0, 1.0, 0.3))


def test_too_little_feedback_is_refused_with_the_count() -> None:
    trial = Trial("u", WISH, ("a",), (1.0,), {"a": "up"})
    with pytest.raises(ModelError, match="Only 3 lists"):
        split_trials([trial] * 3)
    early, late = split_trials([trial] * 100)
    assert (len(early), len(late)) == (70, 30)


def test_agreement_is_the_share_that_both_show() -> None:
    assert agreement(("a", "b"), ("b", "c")) == 0.5
    assert agreement((), ()) == 0
