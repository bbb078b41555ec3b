"""Films of one title share what is known of them."""

import numpy as np

from kg.catalogue import Catalogue
from kg.memory_graph import MemoryGraph
from retrieval.candidates import GENERATORS, Knowledge, find_candidates
from retrieval.encoder import HashEncoder
from retrieval.features import NAMES, feature_matrix
from retrieval.index import Index
from retrieval.namesakes import Namesakes
from retrieval.request import Request
from retrieval.wish import Wish
from tests.retrieval_films import film, films
from training.scorer_talk import TalkRecipe, Turn, learn_talk

ITEMS = [film(0, title="The Notebook", year=2004), film(1, title="Notebook", year=2013), *films(12)[2:]]


def test_items_of_one_title_share_their_best_score() -> None:
    names = Namesakes.of(ITEMS)
    assert names.shared.tolist() == [True, True] + [False] * 10
    scores = -np.arange(12, dtype=np.float32) - 1
    assert names.best(scores).tolist() == [-1, -1, *scores[2:].tolist()]
    assert scores[1] == -2


def test_the_share_tells_which_of_them_is_meant() -> None:
    counts = np.array([7, 1, *[5] * 10], dtype=np.float32)
    share = Namesakes.of(ITEMS).share(counts)
    np.testing.assert_allclose(share[:3], [np.log(8 / 9), np.log(2 / 9), 0.0], rtol=1e-6)


def test_a_film_that_no_talk_names_is_found_by_its_namesake() -> None:
    catalogue, encoder = Catalogue(ITEMS), HashEncoder()
    index = Index.in_memory(catalogue, MemoryGraph(catalogue), encoder)
    turns = [Turn((5,), (0,), None)] * 40 + [Turn((6,), (7,), None)] * 40
    talk = learn_talk(turns, index.matrix, TalkRecipe(width=16, epochs=6, dropout=0.0, batch=16))
    known = Knowledge.of(index, talk=talk)
    request = Request.of(index, Wish(liked=("f5",)), encoder)
    pool = find_candidates(known, request)
    place = pool.rows.tolist().index(1)
    ranks = dict(zip(GENERATORS, pool.ranks[place].tolist(), strict=True))
    assert (ranks["namesakes"], ranks["talk"]) == (1, 0)
    features = dict(zip(NAMES, feature_matrix(known, request, pool).T, strict=True))
    first = pool.rows.tolist().index(0)
    assert features["namesake_talk"][place] == features["talk"][first] > features["talk"][place]
    only_others = Request.of(index, Wish(liked=("f5",), exclude=frozenset({"f1"})), encoder)
    assert 1 not in find_candidates(known, only_others).rows
