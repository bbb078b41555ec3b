"""How firmly and for how long: read from words, and made part of what is learnt."""

from dataclasses import replace

import pytest

from bot.carrying import EARLIER, carried
from bot.editing import changed, edit, is_edit, kind_of
from bot.emphasis import Emphasis, emphasis, emphasis_of
from bot.folding import fold
from bot.learning import learn
from bot.taste import Lifted, Limited, Moved, Preference, Preferred, Taste, TasteEvent, Undone
from bot.understanding.types import Attitude, Mention, Understanding
from bot.wishing import wish_of
from retrieval.moves import Steer
from retrieval.wish import Limits


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("only for tonight", Emphasis(scope="talk")),
        ("always", Emphasis(scope="always")),
        ("from now on, strictly", Emphasis("always", True, 1.0)),
        ("strictly nothing with clowns", Emphasis(hard=True, strength=1.0)),
        ("not strictly", Emphasis(hard=False, strength=0.5)),
        ("I'd rather not, but it's fine", Emphasis(hard=False, strength=0.5)),
        ("preferably", Emphasis(hard=False, strength=0.5)),
        ("I kind of like it", Emphasis(strength=0.5)),
        ("I never watch horror", Emphasis(scope="always")),
        ("I have never seen it", Emphasis()),
        ("I love it", Emphasis()),
        ("今晚", Emphasis(scope="talk")),
    ],
)
def test_words(words: str, expected: Emphasis) -> None:
    assert emphasis(words) == expected


def test_a_clause_is_about_what_it_names_and_a_bare_one_about_all() -> None:
    words = "I love westerns, but I'd rather not see Tom Cruise, only for tonight"
    western, cruise = words.index("westerns"), words.index("Tom")
    assert emphasis_of(words, (western, cruise), western) == Emphasis(scope="talk")
    assert emphasis_of(words, (western, cruise), cruise) == Emphasis("talk", False, 0.5)


def learnt(words: str, name: str, attitude: Attitude, entity: str) -> Preference:
    mention = Mention(name, "person", attitude, entity, words.index(name))
    events = learn(Understanding("inform", (mention,), intents=("inform",)), words, 1, Taste(), ())
    return next(event.preference for event in events if isinstance(event, Preferred))


def test_a_soft_ban_shuns_and_a_hard_one_keeps_out() -> None:
    soft = learnt("I'd rather not see Tom Cruise, but it's fine", "Tom Cruise", "avoid", "person:Tom Cruise")
    hard = learnt("strictly nothing with Tom Cruise", "Tom Cruise", "avoid", "person:Tom Cruise")
    assert (soft.hard, soft.strength, hard.hard, hard.strength) == (False, 0.5, True, 1.0)
    wishes = [wish_of(fold([Preferred(1, p)]), Understanding("recommend"), "") for p in (soft, hard)]
    assert (wishes[0].avoid, wishes[0].disprefer) == (frozenset(), ("person:Tom Cruise",))
    assert (wishes[1].avoid, wishes[1].disprefer) == ({"person:Tom Cruise"}, ())


def test_a_lukewarm_like_leans_less_than_a_like() -> None:
    mild = learnt("I kind of like Tom Hanks", "Tom Hanks", "like", "person:Tom Hanks")
    wish = wish_of(fold([Preferred(1, mild)]), Understanding("recommend"), "")
    assert (wish.prefer, wish.leanings) == ((), (("person:Tom Hanks", 0.5),))


HORROR = Preference("horror", "genre", "dislike", "genre:Horror", "I hate horror", 3, hard=True)
COMEDY = Preference("comedy", "genre", "want", "genre:Comedy", "a comedy", 4, hard=True, scope="talk")


def test_words_alone_weigh_what_was_said_last() -> None:
    taste = Taste((HORROR, COMEDY))
    for words, scope, hard in (("always", "always", True), ("not strictly", "talk", False)):
        assert kind_of(Understanding("edit"), words) == "stress"
        (event,) = edit(Understanding("edit"), words, 5, taste, (), ())
        assert isinstance(event, Preferred)
        assert (event.preference.key, event.preference.scope, event.preference.hard) == (COMEDY.key, scope, hard)


TALK_A = [("a", Preferred(5, replace(HORROR, turn=5))), ("a", Preferred(6, replace(COMEDY, turn=6, scope="always")))]
TONIGHT = replace(COMEDY, entity="genre:Western", text="western", turn=1)


@pytest.mark.parametrize("words", ["if possible", "strictly", "only for tonight"])
def test_what_other_talks_left_is_not_weighed_anew(words: str) -> None:
    log = [Preferred(1, TONIGHT)]
    taste = fold([*carried(TALK_A), *log])
    events = edit(Understanding("edit"), words, 2, taste, log, ())
    assert [e.preference.key for e in events if isinstance(e, Preferred)] == [TONIGHT.key] and len(events) == 1
    before_any_word = fold(carried(TALK_A))
    assert edit(Understanding("edit"), words, 1, before_any_word, (), ()) == []


def test_a_limit_said_last_is_what_is_weighed() -> None:
    log: list[TasteEvent] = [
        Preferred(1, TONIGHT),
        Limited(2, "under two hours, from 1990", Limits(1990, None, None, 120)),
    ]
    assert is_edit(Understanding("other"), "if possible", fold(log[1:]))
    soft = edit(Understanding("edit"), "if possible", 3, fold(log), log, ())
    assert soft == [Limited(3, "if possible", Limits(1990, None, None, 120), soft=True)]
    lifted = [*log, Lifted(3, ("year_min",))]
    assert edit(Understanding("edit"), "if possible", 4, fold(lifted), lifted, ()) == [
        Limited(4, "if possible", Limits(runtime_max=120), soft=True)
    ]
    firm = [*log, *soft]
    assert fold(firm).leaned == {"year_min", "runtime_max"}
    assert fold([*firm, *edit(Understanding("edit"), "strictly", 4, fold(firm), firm, ())]).leaned == frozenset()
    assert edit(Understanding("edit"), "only for tonight", 3, fold(log), log, ()) == []
    undone = [*log, Undone(3, 2)]
    again = edit(Understanding("edit"), "if possible", 4, fold(undone), undone, ())
    assert [type(event) for event in again] == [Preferred]


def test_a_move_said_last_has_no_weight_and_nothing_else_takes_it() -> None:
    log = [Preferred(1, TONIGHT), Moved(2, "lighter", (Steer("lighter", ("a",)),))]
    assert edit(Understanding("edit"), "if possible", 3, fold(log), log, ()) == []


def test_alternatives_of_other_talks_stay_apart() -> None:
    def wanted(talk: str, name: str) -> tuple[str, TasteEvent]:
        lasting = Preference(name, "genre", "want", f"genre:{name}", "", 1, hard=True, either=1)
        return talk, Preferred(1, lasting)

    left = carried([wanted("a", "Comedy"), wanted("a", "Western"), wanted("b", "War"), wanted("b", "Crime")])
    assert {event.turn for event in left} == {EARLIER}
    assert set(wish_of(fold(left), Understanding("recommend"), "").must) == {
        frozenset({"genre:Comedy", "genre:Western"}),
        frozenset({"genre:War", "genre:Crime"}),
    }


def test_a_panel_changes_one_thing_at_a_time_and_keeps_the_words() -> None:
    soft = changed(HORROR, 5, hard=False)
    assert (soft.hard, soft.attitude, soft.utterance, soft.turn) == (False, "dislike", "I hate horror", 5)
    liked = changed(HORROR, 5, attitude="like")
    assert (liked.attitude, liked.hard) == ("like", False)
    assert changed(liked, 6, hard=True).hard is False  # a like keeps nothing out
    assert changed(COMEDY, 5, attitude="avoid").hard is True
    assert changed(COMEDY, 5, scope="always").scope == "always"
