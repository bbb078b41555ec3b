"""Explanations of a list: true whatever a model writes, nothing unwelcome, and no two alike."""

import threading
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evidence import Chooser
from bot.explanation import explain_all
from bot.parts import Parts
from bot.phrases import phrases
from bot.pulse import Pulse
from bot.replies import Explanation
from bot.wording.pool import Pool
from bot.wording.wordings import Wordings
from evaluation.conversations_cards import kinds
from evaluation.conversations_claims import ClaimChecker
from evaluation.simulated_talks import Told
from kg.items import Item, facts_of
from retrieval.encoder import HashEncoder
from retrieval.ranking import Retriever
from retrieval.scorer import PlainScorer
from retrieval.wish import Limits, Wish
from tests.retrieval_films import film, index_of
from tests.wording_fakes import FakeWriter, lists
from training.wording_data import load_written

THEMES = ("heist", "wedding", "chess", "revenge", "prison")
MOODS = ("tense", "warm", "silly")
FILMS = [
    film(n, themes=(THEMES[n % 5], THEMES[(n // 5) % 5], "based on a novel"), moods=(MOODS[n % 3],), oscars=n % 3)
    for n in range(80)
]
INDEX = index_of(FILMS)
RETRIEVER = Retriever.open(INDEX, HashEncoder(), PlainScorer())
BARE = Parts(INDEX.catalogue, INDEX.graph, RETRIEVER, Told())
EN = phrases("en")


def parts(writer: FakeWriter, seconds: float = 5.0) -> Parts:
    """A model whose words are let into the pool unchecked: the last check alone stands before the user."""
    return Parts(
        INDEX.catalogue, INDEX.graph, RETRIEVER, Told(), Wordings(Pool(None, lambda *_: True), writer, seconds)
    )


def wordy() -> Parts:
    """A model that has written all that people wrote for it."""
    filled = Pool(None, lambda *_: True)
    for one in load_written():
        filled.add(one.shape, [one.text])
    return Parts(INDEX.catalogue, INDEX.graph, RETRIEVER, Told(), Wordings(filled, FakeWriter(lambda *_: [])))


WORDY = wordy()


@pytest.mark.parametrize(
    "lie",
    [
        "It won five awards, and {places}.",
        "{places}, directed by Nobody Known.",
        "{places}, from 1812.",
        "{places}, and it runs 12 minutes.",
        "{places}: written by its star.",
    ],
)
def test_a_model_that_claims_false_things_is_not_heard(lie: str) -> None:
    writer = FakeWriter(lambda shape, _: [lie.replace("{places}", lists(shape) or "that")], checks=False)
    wish = Wish(liked=("f1", "f2"), must=(frozenset({"genre:Comedy"}),))
    found = explain_all(FILMS[10:20], wish, parts(writer), EN)
    assert writer.asked, "the model was asked"
    assert found == explain_all(FILMS[10:20], wish, BARE, EN), "templates speak instead"
    assert not any(one.worded for one in found)


def test_a_second_wording_is_tried_before_a_template() -> None:
    writer = FakeWriter(lambda shape, _: [f"In 1812: {lists(shape)}.", f"{lists(shape)}."], checks=False)
    found = explain_all(FILMS[10:14], Wish(liked=("f1",)), parts(writer), EN)
    texts = " ".join(one.text for one in found)
    assert "1812" not in texts
    assert all(one.worded for one in found)


def test_a_model_that_is_late_is_not_waited_for() -> None:
    writer = FakeWriter(lambda shape, _: [f"{lists(shape)}."], seconds=30.0, checks=False)
    started = time.monotonic()
    found = explain_all(FILMS[10:14], Wish(liked=("f1",)), parts(writer, seconds=0.1), EN)
    assert time.monotonic() - started < 10
    assert found == explain_all(FILMS[10:14], Wish(liked=("f1",)), BARE, EN)


def test_stopping_ends_the_wait() -> None:
    writer = FakeWriter(lambda shape, _: [f"{lists(shape)}."], seconds=30.0, checks=False)
    pulse = Pulse()
    threading.Timer(0.05, pulse.cancel).start()
    started = time.monotonic()
    explain_all(FILMS[10:14], Wish(liked=("f1",)), parts(writer, seconds=60.0), EN, pulse)
    assert time.monotonic() - started < 10


CARDS = st.lists(st.sampled_from(FILMS[10:]), min_size=1, max_size=10, unique=True)
ENTITIES = sorted({fact.object.id for one in FILMS for fact in facts_of(one) if fact.object.kind != "value"})
WISHES = st.builds(
    Wish,
    liked=st.lists(st.sampled_from([one.id for one in FILMS[:10]]), max_size=3, unique=True).map(tuple),
    must=st.lists(st.sampled_from(ENTITIES), max_size=2).map(lambda ids: tuple(frozenset({id_}) for id_ in ids)),
    prefer=st.lists(st.sampled_from(ENTITIES), max_size=2).map(tuple),
    avoid=st.frozensets(st.sampled_from(ENTITIES), max_size=5),
    limits=st.sampled_from([Limits(), Limits(year_min=1970), Limits(runtime_max=120)]),
)


@settings(max_examples=60, deadline=None)
@given(WISHES, CARDS, st.sampled_from(["en", "zh"]))
def test_any_list_is_true_and_holds_nothing_unwelcome(wish: Wish, items: Sequence[Item], language: str) -> None:
    checker = ClaimChecker(INDEX.catalogue)
    for item, found in zip(items, explain_all(items, wish, WORDY, phrases(language)), strict=True):
        assert found.text and found.evidence
        assert checker.check(found.text, item).false == ()
        assert not {fact.object.id for fact in found.evidence} & wish.avoid
        for fact in found.evidence:
            holder = INDEX.catalogue.get(fact.subject.id)
            assert holder and fact in facts_of(holder)
        if language == "en" and "theme:based on a novel" not in {fact.object.id for fact in found.evidence}:
            assert found.worded


def shown(wish: Wish) -> list[Explanation]:
    return explain_all(FILMS[20:30], wish, WORDY, EN)


@pytest.mark.parametrize(
    "wish",
    [
        Wish(),
        Wish(liked=("f1",)),
        Wish(liked=("f1", "f2", "f3")),
        Wish(must=(frozenset({"theme:heist"}),)),
        Wish(must=(frozenset({"genre:Drama"}),), limits=Limits(year_min=1970)),
        Wish(prefer=("theme:heist", "mood:tense")),
    ],
)
def test_no_two_of_ten_read_alike(wish: Wish) -> None:
    reasons = shown(wish)
    assert kinds([one.text for one in reasons], [one.evidence for one in reasons]) == len(reasons)


def test_cards_differ_in_what_they_tell() -> None:
    """All ten share a theme with the liked film; not all ten may tell that theme."""
    liked = film(200, id="liked", themes=("heist", "chess"), moods=("tense",))
    rows = [film(201 + n, themes=("heist", THEMES[1 + n % 4]), moods=(MOODS[n % 3],)) for n in range(10)]
    index = index_of([liked, *rows])
    given_parts = Parts(index.catalogue, index.graph, Retriever.open(index, HashEncoder(), PlainScorer()), Told())
    chooser = Chooser(Wish(liked=("liked",)), given_parts)
    told = [{fact.object.id for reason in chooser.choose(row) for fact in reason.facts} for row in rows]
    assert sum("theme:heist" in facts for facts in told) < 10
    assert len({frozenset(facts) for facts in told}) >= 6


def test_a_rare_fact_is_told_before_a_common_one() -> None:
    liked = film(300, id="liked", genres=("Drama",), themes=("heist",), directors=("Only Here",), cast=())
    item = film(301, id="item", genres=("Drama",), themes=("heist",), directors=("Only Here",), cast=())
    index = index_of([liked, item, *FILMS])
    given_parts = Parts(index.catalogue, index.graph, Retriever.open(index, HashEncoder(), PlainScorer()), Told())
    first = Chooser(Wish(liked=("liked",)), given_parts).choose(item)[0]
    assert (first.kind, first.relation) == ("shared", "DIRECTED_BY")
