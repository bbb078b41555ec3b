"""What a turn teaches, and the wish that a taste makes."""

from dataclasses import replace

import pytest

from bot.editing import edit, is_edit, kind_of
from bot.folding import fold
from bot.learning import learn
from bot.taste import (
    Accepted,
    Forgot,
    Lifted,
    Limited,
    Moved,
    Preference,
    Preferred,
    Refused,
    Restarted,
    Shown,
    Taste,
    TasteEvent,
    Undone,
)
from bot.understanding.types import Attitude, Constraints, Intent, Mention, MentionKind, Understanding
from bot.wishing import wish_of
from retrieval.moves import Steer
from retrieval.wish import Limits


def said(text: str, kind: MentionKind, attitude: Attitude, entity: str | None, utterance: str) -> Mention:
    return Mention(text, kind, attitude, entity, start=utterance.find(text))


def meaning(intent: Intent, *mentions: Mention, constraints: Constraints = Constraints()) -> Understanding:
    return Understanding(intent, mentions, constraints, intents=(intent,))


def test_a_ban_is_hard_and_for_this_talk_a_like_is_soft_and_lasting() -> None:
    words = "I love westerns, nothing with Tom Cruise"
    found = learn(
        meaning(
            "recommend",
            said("westerns", "genre", "like", "genre:Western", words),
            said("Tom Cruise", "person", "avoid", "person:Tom Cruise", words),
        ),
        words, 1, Taste(), (),
    )  # fmt: skip
    like, ban = (e.preference for e in found if isinstance(e, Preferred))
    assert (like.hard, like.scope) == (False, "always")
    assert (ban.hard, ban.scope) == (True, "talk")
    assert ban.utterance == words


@pytest.mark.parametrize(
    ("words", "stays"),
    [
        ("a film for a rainy sunday", False),
        ("ok, I'd like a movie about something rainy", False),
        ("a bit more rainy", True),
        ("a film that is more rainy", True),
        ("rainy ones", True),
    ],
)
def test_a_request_of_its_own_replaces_the_one_before(words: str, stays: bool) -> None:
    """Behind suggestions it may be taken for a change of them."""
    heist = Preference("heist", "keyword", "want", "theme:heist", "a heist film", 1)
    rainy = meaning("critique", said("rainy", "keyword", "want", "mood:melancholic", words))
    log: list[TasteEvent] = [Preferred(1, heist), Shown(1, ("tt1",))]
    taste = fold([*log, *learn(rainy, words, 2, fold(log), ())])
    assert ("theme:heist" in {p.entity for p in taste}) is stays


def test_alternatives_share_a_group_and_a_list_without_or_does_not() -> None:
    words = "a comedy, western or crime film"
    mentions = [said(w, "genre", "want", f"genre:{w}", words) for w in ("comedy", "western", "crime")]
    taste = fold(learn(meaning("recommend", *mentions), words, 1, Taste(), ()))
    wish = wish_of(taste, meaning("recommend", *mentions), words)
    assert wish.must == (frozenset({"genre:comedy", "genre:western", "genre:crime"}),)
    words = "a funny, romantic film"
    mentions = [said(w, "genre", "want", f"genre:{w}", words) for w in ("funny", "romantic")]
    taste = fold(learn(meaning("recommend", *mentions), words, 1, Taste(), ()))
    assert set(wish_of(taste, meaning("recommend"), words).must) == {
        frozenset({"genre:funny"}),
        frozenset({"genre:romantic"}),
    }


def test_what_is_meant_together_is_all_wanted_but_only_its_first_is_banned() -> None:
    words = "a romcom"
    romcom = Mention("romcom", "genre", "want", "genre:Romance", 2, also=("genre:Comedy",))
    taste = fold(learn(meaning("recommend", romcom), words, 1, Taste(), ()))
    assert wish_of(taste, meaning("recommend"), words).must == (
        frozenset({"genre:Romance"}),
        frozenset({"genre:Comedy"}),
    )
    banned = Mention("romcom", "genre", "dislike", "genre:Romance", 2, also=("genre:Comedy",))
    taste = fold(learn(meaning("inform", banned), words, 1, Taste(), ()))
    assert wish_of(taste, meaning("inform"), words).avoid == {"genre:Romance"}


@pytest.mark.parametrize(
    ("words", "soft"),
    [
        ("ideally under 100 minutes", True),
        ("a comedy, preferably under 100 minutes", True),
        ("under 100 minutes, but it's fine if it is longer", True),
        ("I'd rather not horror, and under 100 minutes", False),
        ("under 100 minutes", False),
        ("strictly under 100 minutes", False),
    ],
)
def test_a_limit_may_be_leaned_to(words: str, soft: bool) -> None:
    ban = said("horror", "genre", "avoid", "genre:Horror", words)
    mentions = [ban] if "horror" in words else []
    understanding = meaning("recommend", *mentions, constraints=Constraints(runtime_max=100))
    taste = fold(learn(understanding, words, 1, Taste(), ()))
    wish = wish_of(taste, understanding, words)
    limit = Limits(runtime_max=100)
    assert (wish.limits, wish.ideally) == ((Limits(), limit) if soft else (limit, Limits()))


def test_a_question_teaches_no_limit_and_no_want() -> None:
    words = "what did Nolan make before 2000"
    mention = said("Nolan", "person", "want", "person:Christopher Nolan", words)
    assert learn(meaning("ask", mention, constraints=Constraints(year_max=1999)), words, 1, Taste(), ()) == []


def test_refusing_without_naming_refuses_all_that_was_shown() -> None:
    taste = Taste(shown=("a", "b", "c"), last_shown=("b", "c"))
    assert learn(meaning("reject"), "no thanks", 2, taste, ()) == [Refused(2, ("b", "c"))]
    assert learn(meaning("reject"), "not the first", 2, taste, ("b",)) == [Refused(2, ("b",))]


def test_pointing_at_what_was_not_shown_takes_nothing() -> None:
    taste = Taste(shown=("a", "b"), last_shown=("a", "b"))
    assert learn(meaning("accept"), "that Adam Sandler one", 2, taste, ()) == []
    assert learn(meaning("accept"), "good call", 2, taste, ()) == [Accepted(2, ("a",))]


def test_seen_by_reference_is_remembered_as_seen() -> None:
    taste = Taste(shown=("a", "b"), last_shown=("a", "b"))
    events = learn(meaning("reject"), "I've seen the first one", 2, taste, ("a",))
    assert fold(events).of("a") is not None
    events = learn(meaning("inform"), "never seen it", 2, taste, ("a",))
    assert fold(events).of("a") is None


def test_accepting_takes_the_item_meant_or_the_first_shown() -> None:
    taste = Taste(shown=("a", "b"), last_shown=("a", "b"))
    assert Accepted(2, ("b",)) in learn(meaning("accept"), "the second", 2, taste, ("b",))
    assert Accepted(2, ("a",)) in learn(meaning("accept"), "sounds good", 2, taste, ())


@pytest.mark.parametrize("intents", [("ask", "accept"), ("accept", "recommend"), ("critique", "accept")])
def test_a_yes_beside_a_request_takes_nothing(intents: tuple[Intent, ...]) -> None:
    taste = Taste(shown=("a", "b"), last_shown=("a", "b"))
    understanding = Understanding(intents[0], intents=intents)
    events = learn(understanding, "good, what else?", 2, taste, ())
    assert not [event for event in events if isinstance(event, Accepted)]


def test_like_x_becomes_the_model_of_the_request() -> None:
    words = "something like Heat"
    events = learn(meaning("recommend", said("Heat", "item", "like", "tt1", words)), words, 1, Taste(), ())
    assert Restarted(1, ("genre", "keyword"), ("tt1",)) in events
    assert wish_of(fold(events), meaning("recommend"), words).liked == ("tt1",)


def test_a_ban_on_the_very_thing_wanted_was_linked_too_broadly() -> None:
    words = "scary, nothing gory"
    mentions = (
        said("scary", "genre", "want", "genre:Horror", words),
        said("gory", "keyword", "avoid", "genre:Horror", words),
    )
    taste = fold(learn(meaning("recommend", *mentions), words, 1, Taste(), ()))
    wish = wish_of(taste, meaning("recommend", *mentions), words)
    assert wish.must == (frozenset({"genre:Horror"}),) and wish.avoid == frozenset()


@pytest.mark.parametrize("words", ["my kids are 5 and 7, what can we watch?", "my 6-year-old wants a film"])
def test_children_make_a_wish_for_family_films_that_lasts_for_the_talk(words: str) -> None:
    taste = fold(learn(meaning("recommend"), words, 1, Taste(), ()))
    family = taste.of("genre:Family")
    assert family and (family.attitude, family.hard, family.scope) == ("want", True, "talk")
    later = learn(
        meaning("critique", said("scary", "genre", "avoid", "genre:Horror", "nothing scary")),
        "nothing scary",
        2,
        taste,
        (),
    )
    assert fold([*learn(meaning("recommend"), words, 1, Taste(), ()), *later]).of("genre:Family")


def test_instead_replaces_and_but_adds() -> None:
    heist = Preference("heist", "keyword", "want", "theme:heist", "a heist film", 1, scope="talk")
    before = [Preferred(1, heist)]
    for words, kept in (("something cosy instead", False), ("but cosy", True)):
        understanding = meaning("critique", said("cosy", "keyword", "want", "mood:cosy", words))
        taste = fold([*before, *learn(understanding, words, 2, fold(before), ())])
        assert (taste.of("theme:heist") is not None) is kept
        assert taste.of("mood:cosy") is not None


def test_like_x_but_lighter_moves_from_x_and_lighter_from_what_was_shown() -> None:
    words = "like Heat but lighter"
    understanding = Understanding(
        "critique", (said("Heat", "item", "like", "tt1", words),), critique=("lighter",), intents=("critique",)
    )
    before = Taste(shown=("a", "b"), last_shown=("a", "b"))
    taste = fold([Shown(1, ("a", "b")), *learn(understanding, words, 2, before, ())])
    wish = wish_of(taste, understanding, words)
    assert (wish.moves, wish.base, wish.liked) == (("similar", "lighter"), ("tt1",), ("tt1",))
    only = Understanding("critique", critique=("lighter",), intents=("critique",))
    wish = wish_of(before, only, "lighter")
    assert (wish.moves, wish.base) == (("lighter",), ("a", "b"))


def test_nothing_known_or_shown_is_ever_asked_for_again() -> None:
    preferences = tuple(
        Preference("x", "item", attitude, entity, "u", 1, scope="talk")
        for attitude, entity in (("like", "l"), ("seen", "s"), ("dislike", "d"), ("avoid", "v"), ("want", "w"))
    )
    watchlist = Preference("x", "item", "want", "on the watchlist", "u", 1, scope="always")
    preferences = (*preferences, watchlist)
    taste = Taste(preferences, Limits(), shown=("p",), refused=frozenset({"r"}), accepted=frozenset({"t"}))
    assert wish_of(taste, meaning("recommend"), "more").exclude == set("lsdvwprt")


def test_search_words_leave_out_what_is_spoken_against() -> None:
    words = "a heist film without clowns"
    mentions = (
        said("heist", "keyword", "want", "theme:heist", words),
        said("clowns", "keyword", "avoid", None, words),
    )
    taste = fold(learn(meaning("recommend", *mentions), words, 1, Taste(), ()))
    text = wish_of(taste, meaning("recommend", *mentions), words).text
    assert "heist" in text and "clowns" not in text


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("undo", "undo"),
        ("go back to before I said that", "undo"),
        ("take that back", "undo"),
        ("forget everything", "forget_all"),
        ("wipe my profile", "forget_all"),
        ("start over", "forget_all"),
        ("what do you know about me?", "show"),
        ("forget about the years", "lift"),
        ("drop the runtime limit", "lift"),
        ("撤销", "undo"),
        ("cancel that", "undo"),
        ("scrap that last thing I said", "undo"),
        ("forget the last thing I said", "undo"),
        ("forget that", "undo"),
        ("forget the time limit", "lift"),
        ("lift the year limit", "lift"),
        ("remove the runtime limit", "lift"),
        ("any year is fine", "lift"),
        ("the length doesn't matter any more", "lift"),
        ("forget all my constraints", "lift"),
        ("never show me that again", "refuse"),
        ("忘记所有", "forget_all"),
    ],
)
def test_kinds_of_edit(words: str, kind: str) -> None:
    assert kind_of(meaning("edit"), words) == kind


@pytest.mark.parametrize("words", ["allow Tom Cruise again", "Tom Cruise is fine after all", "never mind Tom Cruise"])
def test_a_ban_is_taken_back_and_does_not_become_a_like(words: str) -> None:
    ban = Preference("Tom Cruise", "person", "avoid", "person:Tom Cruise", "nothing with Tom Cruise", 1, hard=True)
    log = [Preferred(1, ban)]
    named = meaning("inform", said("Tom Cruise", "person", "like", "person:Tom Cruise", words))
    assert is_edit(named, words, fold(log))
    assert edit(named, words, 2, fold(log), log, ()) == [Forgot(2, ("person:Tom Cruise",))]
    assert not is_edit(named, words, Taste())


def test_all_limits_are_the_numbers_and_the_bans_and_not_the_taste() -> None:
    ban = Preference("Tom Cruise", "person", "avoid", "person:Tom Cruise", "u", 1, hard=True)
    like = Preference("horror", "genre", "like", "genre:Horror", "u", 1)
    log: list[TasteEvent] = [Preferred(1, ban), Preferred(1, like), Limited(1, "u", Limits(1990, 1999, None, 120))]
    events = edit(meaning("edit"), "forget all my constraints", 2, fold(log), log, ())
    after = fold([*log, *events])
    assert after.limits == Limits() and after.preferences == (like,)


def test_edits_make_events() -> None:
    horror = Preference("horror", "genre", "like", "genre:Horror", "I like horror", 1)
    log = [Preferred(1, horror)]
    taste = fold(log)
    words = "forget that I like horror"
    naming = meaning("edit", said("horror", "genre", "about", "genre:Horror", words))
    assert edit(naming, words, 2, taste, log, ()) == [Forgot(2, ("genre:Horror",))]
    assert edit(meaning("edit"), "undo", 2, taste, log, ()) == [Undone(2, 1, "I like horror")]
    assert edit(meaning("edit"), "undo", 2, Taste(), [], ()) == []
    old = replace(taste, limits=Limits(year_max=1980))
    assert edit(meaning("edit"), "drop the years", 2, old, log, ()) == [Lifted(2, ("year_min", "year_max"))]
    assert edit(meaning("edit"), "drop the years", 2, taste, log, ()) == []
    words = "actually I don't mind horror"
    changed = edit(meaning("edit", said("horror", "genre", "like", "genre:Horror", words)), words, 2, taste, log, ())
    assert changed == []  # liked it stays; kept out, it may come again
    hated = [Preferred(1, replace(horror, attitude="dislike", hard=True))]
    neutral = meaning("edit", said("horror", "genre", "about", "genre:Horror", words))
    assert edit(neutral, words, 2, fold(hated), hated, ()) == [Forgot(2, ("genre:Horror",))]
    unknown = meaning("edit", said("opera", "keyword", "about", None, "forget opera"))
    assert edit(unknown, "forget opera", 2, taste, log, ()) == []


def test_a_dropped_limit_takes_the_moves_of_its_kind_along() -> None:
    log: list[TasteEvent] = [Moved(1, "not too long", (Steer("shorter", ("a",)), Steer("lighter", ("a",))))]
    (lifted,) = edit(meaning("edit"), "forget the length", 2, fold(log), log, ())
    assert [steer.move for steer in fold([*log, lifted]).steers] == ["lighter"]


def test_a_ban_of_a_part_does_not_ban_the_whole_that_is_wanted() -> None:
    horror = Preference("scary", "genre", "want", "genre:Horror", "a scary film", 1, hard=True, scope="talk")
    taste = fold([Preferred(1, horror)])
    for words, name, banned in (("no slashers", "slashers", None), ("no horror", "horror", "genre:Horror")):
        events = learn(meaning("critique", said(name, "genre", "avoid", "genre:Horror", words)), words, 2, taste, ())
        (ban,) = (e.preference for e in events if isinstance(e, Preferred))
        assert ban.entity == banned


def test_or_maybe_just_one_of_them_leaves_the_other_out() -> None:
    both = [
        Preferred(1, Preference(name, "person", "want", f"person:{name}", "u", 1, hard=True, scope="talk"))
        for name in ("A", "B")
    ]
    words = "or maybe just A"
    for intent in ("critique", "inform"):
        understanding = meaning(intent, said("A", "person", "want", "person:A", words))  # type: ignore[arg-type]
        taste = fold([*both, *learn(understanding, words, 2, fold(both), ())])
        assert taste.of("person:A") and not taste.of("person:B")


@pytest.mark.parametrize(
    ("words", "attitude"),
    [("it was great", "like"), ("I loved it!", "like"), ("I hated it", "dislike"), ("it was really boring", "dislike"),
     ("I didn't like it", "dislike"), ("I watched it", "seen"), ("it was ok, I saw it", "seen")],
)  # fmt: skip
def test_a_film_pointed_at_is_judged_and_watched_is_not_liked(words: str, attitude: str) -> None:
    taste = Taste(shown=("a", "b"), last_shown=("a", "b"))
    known = fold(learn(meaning("inform"), words, 2, taste, ("a",))).of("a")
    assert known and known.attitude == attitude
