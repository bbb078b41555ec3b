"""A plot is told in short, wherever it is told."""

from collections.abc import Callable

import pytest

from bot.acts.answer import answer
from bot.acts.identify import identify
from bot.moment import Draft, Moment
from bot.parts import Parts
from bot.phrases import phrases
from bot.taste import Taste
from bot.understanding.merge import Understander
from bot.understanding.types import Understanding
from kg.linking import Linker
from retrieval.encoder import HashEncoder
from retrieval.ranking import Retriever
from retrieval.scorer import PlainScorer
from retrieval.wish import Wish
from tests.retrieval_films import film, index_of

Act = Callable[[Moment, Parts], Draft]
LONG = "A man wakes on Mars. " + "He waters his potatoes. " * 200 + "He gets home."


def told(act: Act, synopsis: str) -> str:
    index = index_of([film(1, synopsis=synopsis)])
    parts = Parts(
        index.catalogue,
        index.graph,
        Retriever.open(index, HashEncoder(), PlainScorer()),
        Understander(Linker(list(index.catalogue))),
    )
    understanding = Understanding("ask", attribute="plot", intents=("ask",))
    said = "which one is about potatoes on Mars?"
    moment = Moment(1, said, understanding, Taste(), Taste(), (), Wish(), (), ("f1",), phrases("en"))
    return "".join(act(moment, parts).pieces)


@pytest.mark.parametrize("act", [identify, answer])
def test_a_whole_plot_is_told_to_nobody(act: Act) -> None:
    text = told(act, LONG)
    assert "A man wakes on Mars." in text and "He gets home." not in text
    assert len(text) < 800


@pytest.mark.parametrize("act", [identify, answer])
def test_a_short_plot_is_told_whole_and_a_missing_one_is_no_error(act: Act) -> None:
    assert "He gets home." in told(act, "A man wakes on Mars. He gets home.")
    assert told(act, "")
