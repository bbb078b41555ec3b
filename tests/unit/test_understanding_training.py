"""What the readers of utterances learn from: arrays with their targets, weak labels, questions to the model."""

import math
import multiprocessing
import random
import time
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from bot.understanding.reading import Span
from bot.understanding.tagger import labels
from bot.understanding.tagger.encode import Encoder
from bot.understanding.tagger.gazetteer import Gazetteer
from bot.understanding.types import Context
from kg.errors import ModelError
from kg.items import Item
from training import lora, tagger, understanding
from training.gold import GoldRow
from training.made_data import Names
from training.tagger_rows import IGNORED, row
from training.understanding_examples import Example
from training.understanding_weak import Source, corrected, likelihoods

FILMS = (
    Item("heat", "Heat", 1995, genres=("Crime",), directors=("Michael Mann",), cast=("Al Pacino",), popularity=0.9),
    Item(
        "speed", "Speed", 1994, genres=("Action",), directors=("Jan de Bont",), cast=("Keanu Reeves",), popularity=0.8
    ),
)
TALK = Example(
    "Heat bored me, more with De Niro",
    Context(),
    (Span(0, 4, "item", "dislike"), Span(25, 32, "person", "want")),
    ("recommend",),
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(Gazetteer.of(FILMS))


def learnt(example: Example, encoder: Encoder, marking: float) -> list[tuple[str, int, int]]:
    """The words of the utterance, each with its tag and attitude."""
    made = row(example, encoder, random.Random(3), 0.0, marking)
    places = zip(made.window.offsets, made.tags, made.attitudes, strict=True)
    return [(example.text[start:end], tag, attitude) for (start, end), tag, attitude in places if end > start]


def test_an_unmarked_example_teaches_every_place_and_attitude(encoder: Encoder) -> None:
    words = learnt(TALK, encoder, marking=0.0)
    item, person = labels.KINDS.index("item"), labels.KINDS.index("person")
    assert words[0] == ("Heat", labels.begin(item), labels.ATTITUDES.index("dislike"))
    assert [tag for _, tag, _ in words[-3:]] == [labels.begin(person)] + [labels.inside(person)] * 2
    assert words[1][1:] == (labels.OUTSIDE, IGNORED)


def test_a_marked_thing_teaches_its_attitude_and_the_places_of_the_others(encoder: Encoder) -> None:
    made = row(TALK, encoder, random.Random(3), 0.0, 1.0)
    marked = {at for at, mark in enumerate(made.window.mark) if mark}
    assert marked
    assert {at for at, attitude in enumerate(made.attitudes) if attitude != IGNORED} == marked
    places = {at for at, (start, end) in enumerate(made.window.offsets) if end > start}
    assert {at for at in places if made.tags[at] == IGNORED} == marked


def test_a_doubtful_attitude_is_not_taught(encoder: Encoder) -> None:
    doubtful = replace(TALK, spans=(replace(TALK.spans[0], sure=0.5), TALK.spans[1]))
    words = learnt(doubtful, encoder, marking=0.0)
    assert words[0][2] == IGNORED
    assert words[-1][2] == labels.ATTITUDES.index("want")


def test_an_answer_turns_a_doubtful_attitude() -> None:
    mention = {"text": "Heat (1995)", "kind": "item"}
    rows = [
        GoldRow.model_validate({
            "id": f"redial:{n}:0", "source": "redial", "group": f"redial:{n}", "utterance": "Heat (1995)",
            "intent": ["inform"], "mentions": [mention | {"attitude": attitude}],
        })
        for n, attitude in enumerate(("like", "like", "dislike", "dislike"))
    ]  # fmt: skip
    liked, disliked = (1, 1), (1, 0)
    answers = [liked, liked, disliked, disliked]
    sources = [Source(f"redial:{n}", [], {"Heat (1995)": answer}, 0.0) for n, answer in enumerate(answers)]
    likely = likelihoods(rows, sources)
    even = tuple(0.4 if attitude in ("like", "dislike") else 0.05 for attitude in labels.ATTITUDES)
    span = Span(0, 11, "item", leanings=even)
    assert corrected(span, likely[disliked]).attitude == "dislike"
    assert corrected(span, likely[liked]).attitude == "like"
    assert corrected(span, likely[liked]).sure > corrected(span, None).sure
    assert corrected(replace(span, leanings=()), likely[liked]).sure == 0.0


class Letters:
    """A tokenizer of letters."""

    def __call__(self, text: str, add_special_tokens: bool) -> Any:
        return type("Cut", (), {"input_ids": [ord(letter) for letter in text]})


def test_each_thing_is_a_question_with_one_place_to_answer() -> None:
    asked = lora.weighing_of(TALK, Letters())
    text = "".join(map(chr, asked.tokens))
    assert text.endswith("user: Heat bored me, more with De Niro\n? Heat\n= hate\n? De Niro\n= want")
    assert [text[at - 3 : at + 2] for at in asked.learnt] == ["t\n= h", "o\n= w"]


def test_a_training_broken_off_goes_on(encoder: Encoder, tmp_path: Path) -> None:
    recipe = tagger.Recipe(epochs=2, batch=4, fresh=2, mixed=2)
    names, keep = Names.of(FILMS), tmp_path / "keep"
    whole = tagger.train([TALK] * 4, encoder, names, recipe)
    half = tagger.State.begun(recipe, None)
    half.save(keep)
    assert tagger.train([TALK] * 4, encoder, names, recipe, keep=keep) is not None
    state = tagger.State.begun(recipe, None)
    state.load(keep)
    assert state.epoch == 2
    assert state.step > 0
    assert np.isfinite(sum(float(torch.sum(weights)) for weights in whole.state_dict().values()))


def test_a_tuning_broken_off_ends_as_if_it_had_not_been(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lora, "load", tiny_model)
    monkeypatch.setattr(lora, "SAVED", 0.0)
    recipe = lora.Recipe(rank=2, epochs=2, tokens=8)
    lora.tune(lessons, recipe, tmp_path / "whole.gguf")

    steps, loss_of = count(), lora.loss_of

    def stopped(model: Any, batch: Any) -> torch.Tensor:
        if next(steps) == 5:
            raise KeyboardInterrupt
        return loss_of(model, batch)

    monkeypatch.setattr(lora, "loss_of", stopped)
    with pytest.raises(KeyboardInterrupt):
        lora.tune(lessons, recipe, tmp_path / "broken.gguf")
    assert not (tmp_path / "broken.gguf").exists()
    lora.tune(lessons, recipe, tmp_path / "broken.gguf")
    assert (tmp_path / "broken.gguf").read_bytes() == (tmp_path / "whole.gguf").read_bytes()


def tiny_model() -> tuple[Any, Any]:
    """A model of two narrow layers, without a tokenizer."""
    torch.manual_seed(1)
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=16,
            hidden_size=32,
            intermediate_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=1,
        )
    ), None


def lessons(tokenizer: Any, rng: random.Random) -> list[lora.Lesson]:
    """Eight lessons of four tokens, other ones each time."""
    return [lora.Pair([rng.randrange(3, 16) for _ in range(3)], [rng.randrange(3, 16)]) for _ in range(8)]


def test_the_second_training_ends_when_the_first_one_fails() -> None:
    """Without that it would sleep on for an hour."""
    with pytest.raises(ZeroDivisionError), understanding._beside(time.sleep, 3600):
        assert multiprocessing.active_children()
        raise ZeroDivisionError
    assert not multiprocessing.active_children()


def test_a_second_training_that_fails_is_told() -> None:
    with understanding._beside(math.sqrt, -1) as wait, pytest.raises(ModelError, match="tuned"):
        wait()


def test_a_second_training_that_succeeds_is_waited_for(tmp_path: Path) -> None:
    with understanding._beside(Path.touch, tmp_path / "made") as wait:
        wait()
    assert (tmp_path / "made").exists()
