"""How firmly and for how long: read from words, and made part of what is learnt."""

import pytest

from bot.editing import changed, edit, kind_of
from bot.emphasis import Emphasis, emphasis, emphasis_of
from bot.learning import learn
from bot.taste import Preference, Preferred, Taste, fold
from bot.understanding.types import Attitude, Mention, Understanding
from bot.wishing import wish_of


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


def test_a_panel_changes_one_thing_at_a_time_and_keeps_the_words() -> None:
    soft = changed(HORROR, 5, hard=False)
    assert (soft.hard, soft.attitude, soft.utterance, soft.turn) == (False, "dislike", "I hate horror", 5)
    liked = changed(HORROR, 5, attitude="like")
    assert (liked.attitude, liked.hard) == ("like", False)
    assert changed(liked, 6, hard=True).hard is False  # a like keeps nothing out
    assert changed(COMEDY, 5, attitude="avoid").hard is True
    assert changed(COMEDY, 5, scope="always").scope == "always"
