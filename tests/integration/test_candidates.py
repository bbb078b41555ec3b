"""From a wish to a list: hard constraints always hold, narrow wishes are filled, moves go their way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import IndexNotReadyError
from retrieval.candidates import GENERATORS, Knowledge, find_candidates
from retrieval.constraints import allowed
from retrieval.cotaste import CoTaste
from retrieval.encoder import HashEncoder
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.ranking import Retriever
from retrieval.request import Request
from retrieval.scorer import PlainScorer
from retrieval.tables import key_of
from retrieval.talk import Talk
from retrieval.wish import Critique, Limits, Wish
from tests.retrieval_films import film, films, index_of

ENCODER = HashEncoder()
FILMS = films(120)
INDEX = index_of(FILMS)
COTASTE = CoTaste.learn([[0, 1, 2], [1, 2, 3], [5, 9]], len(FILMS))


def retriever_of(index: Index, cotaste: CoTaste | None = None) -> Retriever:
    size = len(index.columns)
    return Retriever(index, ENCODER, Learned(PlainScorer(), cotaste or CoTaste.nothing(size), Talk.nothing(size)))


RETRIEVER = retriever_of(INDEX, COTASTE)
ids = st.sampled_from([item.id for item in FILMS] + ["unknown"])
entities = st.sampled_from(sorted(INDEX.columns.having))
moves: tuple[Critique, ...] = (
    "newer", "older", "shorter", "longer", "lighter", "darker", "better_known", "lesser_known", "different", "similar",
)  # fmt: skip
wishes = st.builds(
    Wish,
    text=st.sampled_from(["", "a heist with Star 3", "something newer", "🎬"]),
    must=st.lists(st.frozensets(entities, min_size=1, max_size=2), max_size=1).map(tuple),
    avoid=st.frozensets(entities, max_size=2),
    exclude=st.frozensets(ids, max_size=20),
    limits=st.builds(
        Limits,
        year_min=st.none() | st.integers(1950, 2080),
        year_max=st.none() | st.integers(1950, 2080),
        runtime_max=st.none() | st.integers(60, 200),
    ),
    prefer=st.lists(entities, max_size=3).map(tuple),
    disprefer=st.lists(entities, max_size=2).map(tuple),
    liked=st.lists(ids, max_size=3, unique=True).map(tuple),
    disliked=st.lists(ids, max_size=2, unique=True).map(tuple),
    moves=st.lists(st.sampled_from(moves), max_size=2, unique=True).map(tuple),
    base=st.lists(ids, max_size=3, unique=True).map(tuple),
    count=st.integers(1, 8),
    novelty=st.floats(0, 1),
)


@given(wishes)
@settings(max_examples=150)
def test_no_hard_constraint_is_ever_broken(wish: Wish) -> None:
    ranked = RETRIEVER.recommend(wish)
    items = [pick.item for pick in ranked.items]
    assert all(allowed(item, wish) for item in items)
    assert not {item.id for item in items} & {*wish.exclude, *wish.liked}
    assert len({item.id for item in items}) == len(items) <= wish.count
    assert all(0 <= pick.score <= 1 for pick in ranked.items)
    # The list is as full as the catalogue and the one-film-a-series rule allow.
    assert bool(items) == bool(ranked.allowed)


@given(wishes)
@settings(max_examples=100)
def test_what_is_said_of_an_exclusion_is_so(wish: Wish) -> None:
    for item in FILMS[:5]:
        standing = RETRIEVER.explain_exclusion(item.id, wish)
        assert standing.known
        assert bool(standing.broken) != allowed(item, wish)
        assert standing.rank is None or not standing.broken


def test_an_unknown_item_is_said_to_be_unknown() -> None:
    assert not RETRIEVER.explain_exclusion("nobody", Wish()).known


def test_a_narrow_wish_is_filled_with_all_that_fits() -> None:
    wish = Wish(text="x", must=(frozenset({"country:Denmark"}), frozenset({"genre:Thriller"})), count=100)
    fitting = {item.id for item in FILMS if allowed(item, wish)}
    assert {pick.item.id for pick in RETRIEVER.recommend(wish).items} == fitting


def test_nothing_fits_so_the_smallest_change_is_offered() -> None:
    ranked = RETRIEVER.recommend(Wish(limits=Limits(runtime_max=60)))
    assert ranked.items == ()
    assert ranked.relaxations[0].limit == 75
    assert RETRIEVER.recommend(ranked.relaxations[0].wish).items


@pytest.mark.parametrize(
    ("move", "scale"),
    [
        ("newer", lambda item: item.year),
        ("older", lambda item: -item.year),
        ("shorter", lambda item: -item.runtime),
        ("longer", lambda item: item.runtime),
        ("lighter", lambda item: item.axes.tone),
        ("darker", lambda item: -item.axes.tone),
        ("better_known", lambda item: item.popularity),
        ("lesser_known", lambda item: -item.popularity),
    ],
)
def test_a_move_goes_its_way_from_what_was_shown(move: Critique, scale: object) -> None:
    base = ("f62", "f63", "f67")
    middle = np.median([scale(INDEX.catalogue.get(item)) for item in base])  # type: ignore[operator]
    picks = RETRIEVER.recommend(Wish(text="more", base=base, moves=(move,), exclude=frozenset(base))).items
    assert len(picks) == 5
    assert all(scale(pick.item) > middle for pick in picks)  # type: ignore[operator]


def test_a_move_that_nothing_can_follow_still_recommends() -> None:
    newest = FILMS[-1].id
    assert RETRIEVER.recommend(Wish(base=(newest,), moves=("newer",), exclude=frozenset({newest}))).items


def test_something_softly_shunned_comes_only_where_nothing_else_is_left() -> None:
    picks = RETRIEVER.recommend(Wish(text="a house", disprefer=("genre:Horror",), count=5)).items
    assert not any("Horror" in pick.item.genres for pick in picks)


def test_a_limit_leaned_to_is_kept_while_it_can_be() -> None:
    short = [item for item in FILMS if item.runtime and item.runtime <= 95]
    assert len(short) >= 3
    kept = RETRIEVER.recommend(Wish(ideally=Limits(runtime_max=95), count=3)).items
    assert all(pick.item.runtime and pick.item.runtime <= 95 for pick in kept)
    many = RETRIEVER.recommend(Wish(ideally=Limits(runtime_max=1), count=3)).items
    assert len(many) == 3, "nothing keeps it, and something is suggested all the same"


def test_a_generator_that_found_a_candidate_is_named_with_its_rank() -> None:
    known = Knowledge.of(INDEX, CoTaste.learn([[0, 1]] * 3, len(FILMS)))
    request = Request.of(
        INDEX, Wish(text="heist", liked=("f0",), prefer=("theme:heist",), exclude=frozenset({"f0"})), ENCODER
    )
    found = {candidate.item_id: candidate for candidate in find_candidates(known, request).candidates(INDEX)}
    assert found["f1"].ranks["co_taste"] == 1
    assert found["f1"].rrf == pytest.approx(sum(1 / (60 + rank) for rank in found["f1"].ranks.values()), rel=1e-5)
    assert set().union(*(candidate.ranks for candidate in found.values())) <= set(GENERATORS)


def test_of_a_series_one_film_is_shown_unless_more_of_the_same_is_asked_for() -> None:
    saga = [film(number, id=f"s{number}", title=f"Saga {number}", directors=("Anna",)) for number in (1, 2, 3)]
    many = retriever_of(index_of([*saga, *FILMS]))

    def shown(wish: Wish) -> int:
        return sum(pick.item.id.startswith("s") for pick in many.recommend(wish).items)

    assert shown(Wish(must=(frozenset({"person:Anna"}),))) == 1
    assert shown(Wish(must=(frozenset({"person:Anna"}),), base=("f1",), moves=("similar",))) == 3


def test_novelty_turns_to_the_lesser_known() -> None:
    def fame(novelty: float) -> float:
        picks = RETRIEVER.recommend(Wish(text="a house", novelty=novelty, count=8)).items
        return sum(pick.item.popularity for pick in picks)

    assert fame(1.0) < fame(0.2) <= fame(0.0)


def test_co_taste_is_kept_by_title_and_year(tmp_path: object) -> None:
    path = tmp_path / "cotaste.npz"  # type: ignore[operator]
    table = CoTaste.learn([[0, 1], [0, 1], [2, 3]], len(FILMS))
    table.save(path, [key_of(item) for item in FILMS])
    other = [film(50), *FILMS[1:4], film(0, id="elsewhere")]
    again = CoTaste.load(path, other)
    assert again.counts.tolist() == [0, 2, 1, 1, 2]
    scores = again.scores(np.array([4]))
    assert scores[1] == pytest.approx(table.scores(np.array([0]))[1], rel=1e-3)
    assert scores[[0, 2, 3, 4]].tolist() == [0, 0, 0, 0]


def test_what_was_asked_for_outweighs_what_talks_praise() -> None:
    praised = CoTaste.learn([[1]] * 500 + [[2]], len(FILMS))
    picks = retriever_of(INDEX, praised).recommend(Wish(text="x", prefer=("theme:heist",))).items
    assert all("heist" in pick.item.themes for pick in picks)


def test_an_index_of_another_encoder_is_refused() -> None:
    class Other(HashEncoder):
        name = "other"

    with pytest.raises(IndexNotReadyError, match="tastemaker ingest"):
        Retriever.open(INDEX, Other())
