"""Several tastes in one talk: whose an utterance's parts are, who counts, and what rules for all of them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bot.carrying import carried
from bot.folding import fold
from bot.people.gathering import Gathering
from bot.people.holders import ME
from bot.people.portions import portions
from bot.people.teaching import forgotten, gathered, learn_all, own_only
from bot.people.voices import settled, voices_of
from bot.taste import Forgot, Gathered, Preference, Preferred, Restarted, Taste, TasteEvent
from bot.understanding.types import Constraints, Mention, Understanding
from bot.wishing import wish_of
from retrieval.columns import Floats
from retrieval.constraints import allowed_rows
from retrieval.together import average, least_misery, satisfaction
from tests.retrieval_films import films, index_of

WIFE = "my wife"
SAID = "My wife hates violence, I love thrillers, at most 100 minutes"
MEANT = Understanding(
    "recommend",
    (
        Mention("violence", "keyword", "avoid", "theme:violence", SAID.index("violence")),
        Mention("thrillers", "genre", "like", "genre:Thriller", SAID.index("thrillers")),
    ),
    Constraints(runtime_max=100),
    intents=("recommend",),
)


def preference(holder: str, entity: str, attitude: str = "like", turn: int = 1) -> Preference:
    kind = "genre" if entity.startswith("genre:") else "item"
    hard = attitude in ("avoid", "dislike")
    return Preference(entity, kind, attitude, entity, "", turn, hard=hard, holder=holder)  # type: ignore[arg-type]


def taste_of(*preferences: Preference) -> Taste:
    return fold([Preferred(p.turn, p) for p in preferences])


def learnt(understanding: Understanding, utterance: str, taste: Taste, speaker: str = "") -> list[TasteEvent]:
    shared = portions(understanding, utterance, taste.holders, speaker)
    events = learn_all(shared, utterance, 1, taste, ())
    return [*events, *gathered(None, shared, taste, 1, speaker)]


def test_each_person_keeps_their_own_and_the_limits_are_everybodys() -> None:
    taste = fold(learnt(MEANT, SAID, Taste()))
    assert {(p.holder, p.attitude, p.entity) for p in taste} == {
        (WIFE, "avoid", "theme:violence"),
        ("", "like", "genre:Thriller"),
    }
    assert taste.limits.runtime_max == 100
    assert set(taste.company) == {"", WIFE}
    assert all(p.utterance == SAID for p in taste)


def test_one_who_speaks_alone_is_as_ever() -> None:
    shared = portions(MEANT, "I hate violence, I love thrillers", (""))
    assert len(shared) == 1 and shared[0].understanding is MEANT


def test_what_is_taken_up_has_the_attitude_of_its_own_verb() -> None:
    said = "Ann likes musicals, Bob can't stand them"
    meant = Understanding("inform", (Mention("musicals", "genre", "like", "genre:Musical", said.index("musicals")),))
    taste = fold(learnt(meant, said, Taste()))
    assert {(p.holder, p.attitude) for p in taste} == {("Ann", "like"), ("Bob", "dislike")}


def test_a_thing_named_twice_is_liked_by_one_and_disliked_by_another() -> None:
    said = "We're three tonight: Ann loves musicals, Bob hates musicals, I like thrillers"
    musicals = Mention("musicals", "genre", "like", "genre:Musical", said.index("musicals"))
    thrillers = Mention("thrillers", "genre", "like", "genre:Thriller", said.index("thrillers"))
    taste = fold(learnt(Understanding("recommend", (musicals, thrillers)), said, Taste()))
    assert {(p.holder, p.attitude, p.entity) for p in taste} == {
        ("Ann", "like", "genre:Musical"),
        ("Bob", "dislike", "genre:Musical"),
        ("", "like", "genre:Thriller"),
    }


@pytest.mark.parametrize(
    ("said", "thing", "attitude"),
    [
        ("我和老婆一起看，她怕恐怖片", "恐怖", "dislike"),
        ("my wife is scared of horror", "horror", "dislike"),
        ("my wife hates gore but likes horror", "horror", "want"),
    ],
)
def test_another_persons_fear_is_no_wish(said: str, thing: str, attitude: str) -> None:
    """However the whole utterance was read."""
    horror = Mention(thing, "genre", "want", "genre:Horror", said.index(thing))
    taste = fold(learnt(Understanding("inform", (horror,)), said, Taste()))
    assert {(p.holder, p.attitude) for p in taste} == {(WIFE, attitude)}


def test_a_name_is_no_thing() -> None:
    said = "Ann likes musicals"
    ann = Mention("Ann", "person", "like", "person:Ann Dowd", 0)
    musicals = Mention("musicals", "genre", "like", "genre:Musical", said.index("musicals"))
    meant = Understanding("inform", (ann, musicals))
    assert [(p.holder, p.entity) for p in fold(learnt(meant, said, Taste()))] == [("Ann", "genre:Musical")]


def test_a_speaker_of_a_channel_holds_what_they_say() -> None:
    said = "I love thrillers"
    meant = Understanding("inform", (Mention("thrillers", "genre", "like", "genre:Thriller", 7),))
    taste = fold(learnt(meant, said, Taste(), "Ann"))
    assert [(p.holder, p.entity) for p in taste] == [("Ann", "genre:Thriller")]
    assert "Ann" in taste.company


def test_the_same_thing_may_be_liked_by_one_and_hated_by_another() -> None:
    taste = taste_of(preference("", "genre:Horror"), preference(WIFE, "genre:Horror", "dislike"))
    assert {p.key for p in taste} == {"genre:Horror", "my wife|genre:Horror"}
    assert taste.of_holders("").preferences == (preference("", "genre:Horror"),)


def test_a_fresh_request_leaves_others_their_wishes() -> None:
    wants = [preference("", "genre:Comedy", "want"), preference("Ann", "genre:Horror", "want")]
    log: list[TasteEvent] = [Preferred(1, p) for p in wants]
    taste = fold([*log, Restarted(2, ("genre",), holders=("Ann",))])
    assert [p.holder for p in taste] == [""]


def test_somebody_of_another_talk_counts_only_once_they_are_back() -> None:
    earlier = carried([("talk", Preferred(1, preference(WIFE, "genre:Horror", "dislike")))])
    taste = fold(earlier)
    assert taste.company == ("",) and taste.present.preferences == () and len(taste) == 1
    back = fold([*earlier, *gathered(Gathering("join", (WIFE,)), (), taste, 1, "")])
    assert len(back.present) == 1


def test_only_without_and_forget_say_who_counts() -> None:
    taste = taste_of(preference("", "genre:Crime"), preference(WIFE, "genre:Horror", "dislike"))
    assert gathered(Gathering("only", ("",)), (), taste, 2, "") == [Gathered(2, ("",))]
    assert gathered(Gathering("without", (WIFE,)), (), taste, 2, "") == [Gathered(2, ("",))]
    assert forgotten(Gathering("forget", (WIFE,)), taste, 2) == [Forgot(2, ("my wife|genre:Horror",))]
    assert forgotten(Gathering("forget", ("Ann",)), taste, 2) == []


def test_who_has_said_nothing_for_long_has_left_a_channel() -> None:
    taste = taste_of(preference("Ann", "genre:Crime"), preference("Bob", "genre:Horror", turn=40))
    assert gathered(None, (), taste, 45, "Bob") == [Gathered(45, ("", "Bob"))]


def test_everything_of_one_speaker_is_not_everything() -> None:
    taste = taste_of(preference("Ann", "genre:Crime"), preference("Bob", "genre:Horror"))
    assert own_only([Forgot(3, ())], taste.of_holders("Ann")) == [Forgot(3, ("Ann|genre:Crime",))]
    assert own_only([Forgot(3, ())], Taste()) == []


def test_there_are_voices_only_where_there_are_several() -> None:
    own = preference("", "genre:Crime")
    alone = taste_of(own)
    assert voices_of(alone, (), wish_of(alone, Understanding("recommend"), "")) == ()
    both = taste_of(own, preference(WIFE, "genre:Horror", "dislike"))
    voices = voices_of(both, (), wish_of(both, Understanding("recommend"), ""))
    assert [(v.holder, v.ranks, len(v.bans)) for v in voices] == [("", True, 0), (WIFE, False, 1)]


def test_old_logs_are_the_users_own() -> None:
    old = replace(preference("", "genre:Crime"))
    assert old.key == "genre:Crime" and fold([Preferred(1, old)]).present.preferences == (old,)


SCORES = arrays(np.float32, st.tuples(st.integers(1, 4), st.integers(1, 12)), elements=st.floats(0, 1, width=32))


@given(SCORES, st.floats(0, 0.875, width=32))
def test_least_misery_never_puts_what_someone_hates_before_what_nobody_does(scores: Floats, hated: float) -> None:
    order = np.argsort(-least_misery(scores), kind="stable")
    someone_hates = [bool((scores[:, place] <= hated).any()) for place in order]
    assert someone_hates == sorted(someone_hates)


@given(SCORES)
def test_each_way_lies_between_the_least_and_the_most_pleased(scores: Floats) -> None:
    for combine in (average, least_misery):
        joined = combine(scores)
        assert (joined >= scores.min(axis=0) - 1e-6).all() and (joined <= scores.max(axis=0) + 1e-6).all()


@given(arrays(np.float32, st.integers(1, 30), elements=st.floats(-50, 50, width=32)))
def test_satisfaction_keeps_the_order_and_lies_between_0_and_1(logits: Floats) -> None:
    share = satisfaction(logits)
    assert ((share >= 0) & (share <= 1)).all()
    for one in range(len(logits)):
        assert ((logits > logits[one]) == (share > share[one])).all()


def test_a_title_that_begins_with_my_is_nobodys() -> None:
    words = "I loved My Girl"
    film = Mention("My Girl", "item", "like", "tt0102492", words.index("My Girl"))
    shared = portions(Understanding("inform", (film,), intents=("inform",)), words, (ME,))
    taste = fold(learn_all(shared, words, 1, Taste(), ()))
    assert [p.holder for p in taste.preferences] == [ME]
    assert taste.company == (ME,)


def test_where_each_rules_out_what_the_other_asks_for_nothing_is_asked_for_and_the_rest_is_free() -> None:
    def of(holder: str, wanted: str, banned: str) -> tuple[Preference, Preference]:
        want = replace(preference(holder, wanted, "want"), hard=True)
        return want, preference(holder, banned, "avoid")

    taste = taste_of(*of("Ann", "genre:Horror", "genre:Comedy"), *of("Bob", "genre:Comedy", "genre:Horror"))
    whole = wish_of(taste.present, Understanding("recommend"), "")
    columns = index_of(films(30)).columns
    party = settled(voices_of(taste, (), whole), whole, columns)
    assert party.wish.must == () and not party.either
    assert party.wish.avoid == {"genre:Horror", "genre:Comedy"} and len(party.clashes) == 2
    assert 0 < allowed_rows(columns, party.wish).sum() < 10  # a shop too small to hold to what all ask for
    assert all(wish.must == () for wish in party.wishes)
