"""Lists for several people: nobody gets what anyone rules out, and the order is as the function says."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.constraints import allowed
from retrieval.cotaste import CoTaste
from retrieval.encoder import HashEncoder
from retrieval.learned import Learned
from retrieval.ranking import Retriever
from retrieval.scorer import PlainScorer
from retrieval.talk import Talk
from retrieval.together import Combine, average, least_misery
from retrieval.wish import Wish
from tests.retrieval_films import film, films, index_of

FILMS = films(80)
VIOLENT = film(90, id="violent", axes=None, moods=("violent",))
INDEX = index_of([*FILMS, VIOLENT])
SIZE = len(INDEX.columns)
RETRIEVER = Retriever(INDEX, HashEncoder(), Learned(PlainScorer(), CoTaste.nothing(SIZE), Talk.nothing(SIZE)))
ids = st.sampled_from([item.id for item in FILMS])
entities = st.sampled_from(sorted(INDEX.columns.having))
people = st.lists(
    st.builds(
        Wish,
        avoid=st.frozensets(entities, max_size=2),
        exclude=st.frozensets(ids, max_size=5),
        prefer=st.lists(entities, max_size=2).map(tuple),
        liked=st.lists(ids, max_size=3, unique=True).map(tuple),
        disliked=st.lists(ids, max_size=2, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=4,
)


@given(people, st.sampled_from([average, least_misery]))
@settings(max_examples=40)
def test_nobody_gets_what_anyone_rules_out_or_knows(wishes: list[Wish], combine: Combine) -> None:
    for pick in RETRIEVER.recommend_to_all(wishes, combine).items:
        for wish in wishes:
            assert allowed(pick.item, wish) and pick.item.id not in wish.liked
        assert 0 <= pick.score <= 1


@given(people)
@settings(max_examples=15)
def test_one_person_alone_is_served_as_ever(wishes: list[Wish]) -> None:
    alone = RETRIEVER.recommend(wishes[0])
    by_all = RETRIEVER.recommend_to_all(wishes[:1], least_misery)
    assert {pick.item.id for pick in by_all.items} <= {item.id for item in INDEX.catalogue}
    assert len(by_all.items) == len(alone.items) and by_all.allowed == alone.allowed


def test_without_a_wish_there_is_nothing_to_join() -> None:
    with pytest.raises(ValueError, match="need at least one array"):
        RETRIEVER.recommend_to_all([], average)


def test_who_wants_no_violence_gets_none_by_its_measure_either() -> None:
    mild, rough = film(1, id="mild"), film(2, id="rough", axes=None)
    fierce = film(3, id="fierce", axes=None)
    assert mild.axes is not None
    fierce = replace(fierce, axes=replace(mild.axes, violence=3.0))
    wish = Wish(avoid=frozenset({"mood:violent"}))
    assert allowed(mild, wish) and allowed(rough, wish) and not allowed(fierce, wish) and not allowed(VIOLENT, wish)
