"""Every language says the same things with the same placeholders."""

import re
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

from bot.phrases import LANGUAGES, Phrases, language_of, phrases
from kg.domain import Facet, domain_of, known_nouns, measure_of, role_of
from kg.errors import PromptError

BOT = Path(__file__).parent.parent.parent / "bot"


def _shape(language: str) -> dict[str, set[frozenset[str]]]:
    return {
        key: {frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in variants}
        for key, variants in Phrases(language)._variants.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_phrases(language: str) -> None:
    shape = _shape(language)
    assert shape == _shape("en")
    assert all(len(variants) == 1 for variants in shape.values()), "variants of one phrase take the same placeholders"


def test_every_phrase_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in BOT.rglob("*.py"))
    built = tuple(re.findall(r'f"([a-z_]+_)\{', code))
    built += ("shared_", "wanted_", "liked_kind_", "limit_", "plain_", "together_")  # the kinds of reason
    unused = [key for key in _shape("en") if f'"{key}"' not in code and not key.startswith(built)]
    intents = {"greet", "thanks", "bye", "help"}  # chosen by the intent's own name
    assert set(unused) <= intents


_OF_FILMS = re.compile(
    r"film|movie|cinema|watch|\bseen\b|\bto see\b|oscar|critic|spoken|actor|\bcast\b|screen|电影|片|影|奥斯卡|看|[<>]",
    re.IGNORECASE,
)


@pytest.mark.parametrize("noun", [*sorted(known_nouns().keys() - {"film"}), "garden plant"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_but_a_film_is_spoken_of_as_one(language: str, noun: str) -> None:
    own = replace(
        domain_of(noun),
        roles=(role_of("designer"), role_of("gardener")),
        facets=(Facet.of("mechanic"),),
        measures=(measure_of("pages"), measure_of("price", "$"), measure_of("height")),
    )
    said = Phrases(language, own)._variants
    found = {key: text for key, texts in said.items() for text in texts if _OF_FILMS.search(text)}
    assert not found
    assert said.keys() > Phrases(language)._variants.keys()
    assert all(
        said[f"{kind}_{relation}"] for kind in ("fact", "shared") for relation in ("designed_by", "has_mechanic")
    )


def test_the_words_of_a_domain_are_said() -> None:
    book = phrases("en", replace(domain_of("book"), roles=(role_of("illustrator"),)))
    assert book.say("greet", seed="1") == "Hi! What would you like to read? A book you loved is a good start."
    assert book.say("answer_illustrated_by", title="X", names="Ann") == "X was illustrated by Ann."
    assert phrases("zh", domain_of("book")).say("other") == "我只懂书。说一本你喜欢的，或者想读什么样的吧。"


def test_a_missing_value_and_an_unknown_key_are_refused() -> None:
    with pytest.raises(PromptError, match="title"):
        phrases("en").say("answer_director", names="x")
    with pytest.raises(PromptError, match="no_such"):
        phrases("en").say("no_such")


def test_lists_are_spoken() -> None:
    assert phrases("en").join(["a", "b", "c"]) == "a, b and c"
    assert phrases("en").join(["a"]) == "a"
    assert phrases("zh").join(["a", "b"]) == "a和b"


@pytest.mark.parametrize(("text", "language"), [("你好", "zh"), ("hello", "en"), ("こんにちは世界", "en"), ("", "en")])
def test_the_language_of_an_utterance(text: str, language: str) -> None:
    assert language_of(text) == language
