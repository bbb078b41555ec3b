"""A short answer is read with its question: options are wanted, "no preference" and "just recommend" ask for films."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answered import LONG_FILM, SHORT_FILM, answered
from bot.taste import Asked, Topic
from bot.understanding.types import Constraints, Intent, Mention, Understanding

OTHER = Understanding("other", intents=("other",))


@pytest.mark.parametrize(
    ("topic", "options", "utterance", "entity"),
    [
        ("genre", ("Comedy", "Drama"), "Comedy!", "genre:Comedy"),
        ("mood", ("feel-good", "tense"), "something feel-good please", "mood:feel-good"),
        ("person", ("Tom Hanks", "Meg Ryan"), "tom hanks", "person:Tom Hanks"),
        ("language", ("English", "French"), "in French", "language:French"),
    ],
)
def test_a_named_option_is_wanted(topic: Topic, options: tuple[str, ...], utterance: str, entity: str) -> None:
    meaning = answered(OTHER, utterance, Asked(1, topic, options))
    assert meaning.intent == "inform"
    (mention,) = meaning.mentions
    assert (mention.attitude, mention.entity) == ("want", entity)
    assert utterance[mention.start : mention.start + len(mention.text)] == mention.text


def test_a_taste_given_as_an_answer_is_a_wish() -> None:
    liked = Understanding("inform", (Mention("westerns", "genre", "like", "genre:Western"),), intents=("inform",))
    assert answered(liked, "westerns", Asked(1, "genre")).mentions[0].attitude == "want"
    assert answered(liked, "westerns", None) == liked, "without a question it stays a taste"
    assert answered(liked, "I really love westerns", Asked(1, "genre")) == liked, "and it does where it is said to last"


def test_a_taste_that_is_no_answer_stays_a_taste() -> None:
    murray = Mention("Bill Murray", "person", "like", "person:Bill Murray")
    liked = Understanding("inform", (murray,), intents=("inform",))
    assert answered(liked, "Bill Murray is great", Asked(1, "decade", ("1990s",))) == liked
    both = Understanding("inform", (murray,), Constraints(year_min=1990), intents=("inform",))
    assert answered(both, "90s, with Bill Murray", Asked(1, "decade", ("1990s",))).mentions[0].attitude == "want"


@pytest.mark.parametrize("attitude", ["avoid", "dislike"])
def test_what_is_spoken_against_is_not_wanted(attitude: str) -> None:
    against = Understanding("inform", (Mention("horror", "genre", attitude, "genre:Horror"),))  # type: ignore[arg-type]
    assert answered(against, "no horror", Asked(1, "genre", ("Comedy",))).mentions == against.mentions


@pytest.mark.parametrize(
    ("topic", "utterance", "critique"),
    [("tone", "lighter", "lighter"), ("tone", "dark please", "darker"), ("mood", "light", "lighter")],
)
def test_lighter_or_darker_is_a_change(topic: Topic, utterance: str, critique: str) -> None:
    meaning = answered(OTHER, utterance, Asked(1, topic))
    assert (meaning.intent, meaning.critique) == ("critique", (critique,))


@pytest.mark.parametrize(
    ("utterance", "limits"),
    [
        ("short", Constraints(runtime_max=SHORT_FILM)),
        ("a long one", Constraints(runtime_min=LONG_FILM)),
        ("短一点", Constraints(runtime_max=SHORT_FILM)),
    ],
)
def test_short_or_long_is_a_limit(utterance: str, limits: Constraints) -> None:
    assert answered(OTHER, utterance, Asked(1, "length")).constraints == limits


def test_years_and_minutes_answer_too() -> None:
    said = Understanding("other", constraints=Constraints(year_min=1990, year_max=1999), intents=("other",))
    meaning = answered(said, "the 90s", Asked(1, "decade", ("1990s",)))
    assert meaning.intent == "inform" and meaning.constraints == said.constraints


@pytest.mark.parametrize("utterance", ["no preference", "I don't mind", "doesn't matter", "whatever", "都可以"])
def test_no_preference_is_no_refusal(utterance: str) -> None:
    refusing = Understanding("reject", intents=("reject",))
    assert answered(refusing, utterance, Asked(1, "mood", ("tense",))).intents == ("recommend",)


@pytest.mark.parametrize("utterance", ["surprise me", "you choose", "Just recommend!", "随便"])
@pytest.mark.parametrize("asked", [None, Asked(1, "genre", ("Comedy",))])
def test_just_recommend_is_obeyed_with_and_without_a_question(utterance: str, asked: Asked | None) -> None:
    assert answered(OTHER, utterance, asked).intents == ("recommend",)


def test_a_refusal_beside_the_answer_still_counts() -> None:
    refusing = Understanding("reject", intents=("reject",))
    assert answered(refusing, "no, comedy", Asked(1, "genre", ("Comedy",))).intents == ("inform", "reject")


@pytest.mark.parametrize("intent", ["ask", "explain", "compare", "edit", "thanks", "bye", "help"])
def test_what_is_no_answer_is_left_alone(intent: Intent) -> None:
    other = Understanding(intent, intents=(intent,))
    assert answered(other, "why comedy?", Asked(1, "genre", ("Comedy",))) == other


@given(st.text(max_size=300), st.sampled_from([None, Asked(1, "genre", ("Comedy", "C++ (x)")), Asked(1, "length")]))
def test_any_text_is_read(text: str, asked: Asked | None) -> None:
    for mention in answered(OTHER, text, asked).mentions:
        assert text[mention.start : mention.start + len(mention.text)] == mention.text
