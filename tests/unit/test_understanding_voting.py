"""How the tagger's and the model's readings become one."""

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.reading import Reading, Span
from bot.understanding.voting import joined, joined_scores, joined_spans

UNSURE_LIKE = Span(0, 4, "item", "like", 0.9, 0.4)


def test_agreement_makes_surer() -> None:
    scores = joined_scores({"ask": 0.5, "inform": 0.5}, {"ask": 0.9, "inform": 0.1})
    assert scores["ask"] > 0.7


def test_a_model_alone_does_not_overrule_a_sure_tagger() -> None:
    scores = joined_scores({"ask": 0.95, "inform": 0.05}, {"ask": 0.1, "inform": 0.9})
    assert scores["ask"] > scores["inform"]


def test_no_scores_of_the_model_change_nothing() -> None:
    assert joined_scores({"ask": 0.7, "inform": 0.3}, {}) == {"ask": 0.7, "inform": 0.3}


def test_the_model_turns_an_unsure_attitude() -> None:
    (span,) = joined_spans([UNSURE_LIKE], [Span(0, 4, "item", "dislike", 0.9, 0.95)])
    assert span.attitude == "dislike"


def test_a_sure_attitude_stays() -> None:
    (span,) = joined_spans([Span(0, 4, "item", "like", 0.9, 0.9)], [Span(0, 4, "item", "dislike", 0.9, 0.95)])
    assert span.attitude == "like"


def test_spans_of_the_model_alone_are_not_believed() -> None:
    assert joined_spans([], [Span(0, 4, "item", "like", 1.0)]) == ()


def test_a_weak_span_is_saved_by_a_second() -> None:
    weak = Span(0, 4, "item", "like", 0.2)
    assert joined_spans([weak], []) == ()
    assert len(joined_spans([weak], [Span(0, 4, "item", "like", 0.9)])) == 1


def test_the_best_act_of_both_comes_first() -> None:
    tagger = Reading(("inform",), confidence=0.4, scores={"inform": 0.4, "recommend": 0.38, "ask": 0.22})
    model = Reading(("recommend",), scores={"recommend": 0.9, "inform": 0.1})
    got = joined(tagger, model)
    assert got.intents[:2] == ("recommend", "inform")


@given(
    st.dictionaries(st.sampled_from(("ask", "inform", "edit")), st.floats(0, 1), min_size=1),
    st.dictionaries(st.sampled_from(("ask", "inform", "edit")), st.floats(0, 1)),
)
def test_joined_scores_are_probabilities(tagger: dict[str, float], model: dict[str, float]) -> None:
    scores = joined_scores(tagger, model)  # type: ignore[arg-type]
    assert scores.keys() == tagger.keys()
    assert not model or abs(sum(scores.values()) - 1) < 1e-6
