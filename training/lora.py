"""Tunes the bundled language model with low-rank adapters (Hu et al. 2021) and writes them as a GGUF adapter."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from torch.nn import functional
from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

from bot.language_model import bundled_file
from bot.understanding.model import lines, weighing
from training.lora_export import NAMES, export
from training.made_data import Names, from_clauses, from_templates, varied
from training.understanding_examples import Example

log = structlog.get_logger(__name__)
SAVED = 120.0
"""Seconds of training after which it is kept: a stop loses no more."""


@dataclass(frozen=True)
class Recipe:
    """Rank and scale of the adapters, and how long to train. A batch holds about `tokens` tokens.

    Layers below `first` keep their weights, which spares the way back through them.
    """

    rank: int = 16
    alpha: int = 32
    first: int = 0
    epochs: int = 2
    tokens: int = 1_400
    rate: float = 8e-4
    fresh: int = 150
    mixed: int = 250
    whole: float = 0.4
    seed: int = 7
    minutes: float = 40.0


@dataclass(frozen=True)
class Pair:
    """Token ids of a question and its answer."""

    question: list[int]
    answer: list[int]

    @property
    def tokens(self) -> list[int]:
        """The question's and the answer's."""
        return self.question + self.answer

    @property
    def learnt(self) -> Sequence[int]:
        """The places of the tokens that the model must write."""
        return range(len(self.question), self.length)

    @property
    def length(self) -> int:
        """Tokens in all."""
        return len(self.question) + len(self.answer)


@dataclass(frozen=True)
class Asked:
    """Token ids of a text with questions in it, and the places (`learnt`) of the answers, one token each."""

    tokens: list[int]
    learnt: list[int]

    @property
    def length(self) -> int:
        """Tokens in all."""
        return len(self.tokens)


Lesson = Pair | Asked
Made = Callable[[Any, random.Random], Sequence[Lesson]]
"""Gives an epoch's lessons, by the tokenizer."""


def load() -> tuple[Any, Any]:
    """Returns the bundled model, dequantised, and its tokenizer. Raises ModelError when its package is missing.

    In 32 bits: a processor without AMX takes twice as long over bfloat16.
    """
    file = bundled_file()
    tokenizer = AutoTokenizer.from_pretrained(str(file.parent), gguf_file=file.name)
    model = AutoModelForCausalLM.from_pretrained(
        str(file.parent), gguf_file=file.name, dtype=torch.float32, quantization_config=GgufConfig(dequantize=True)
    )
    return model, tokenizer


def pair(example: Example, tokenizer: Any) -> Pair:
    """Returns an example as the tokens that the model reads and those it must write."""
    said = lines.answer(
        example.text,
        example.spans,
        example.intents,
        example.reference,
        example.attribute,
        example.critique,
    )
    asked = lines.prompt(example.text, example.context)
    return Pair(
        tokenizer(asked, add_special_tokens=False).input_ids, tokenizer(said, add_special_tokens=False).input_ids
    )


def weighing_of(example: Example, tokenizer: Any) -> Asked:
    """Returns an example as the tokens that ask for the attitude to each thing in it, and the answers."""

    def cut(text: str) -> list[int]:
        return list(tokenizer(text, add_special_tokens=False).input_ids)

    tokens, learnt = cut(weighing.prompt(example.text, example.context)), []
    for span in weighing.asked(example.text, example.spans):
        tokens += cut(weighing.question(example.text, span))
        learnt.append(len(tokens))
        tokens += cut(weighing.answer(span.attitude))
    return Asked(tokens, learnt)


def batches(lessons: Sequence[Lesson], tokens: int, rng: random.Random) -> Iterator[list[Lesson]]:
    """Yields batches of lessons of like length that hold about `tokens` tokens, in random order."""
    groups: list[list[Lesson]] = [[]]
    for one in sorted(lessons, key=lambda one: one.length + rng.random() * 8):
        if groups[-1] and one.length * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(one)
    rng.shuffle(groups)
    yield from groups


def loss_of(model: Any, batch: Sequence[Lesson]) -> torch.Tensor:
    """Returns the mean loss over the tokens to be written; the output layer runs for those alone."""
    width = max(one.length for one in batch)
    ids = torch.full((len(batch), width), 2, dtype=torch.long)
    mask = torch.zeros(len(batch), width, dtype=torch.long)
    places, targets = [], []
    for index, one in enumerate(batch):
        ids[index, : one.length] = torch.tensor(one.tokens)
        mask[index, : one.length] = 1
        places += [index * width + at - 1 for at in one.learnt]
        targets += [one.tokens[at] for at in one.learnt]
    inner = model.get_base_model()
    states = inner.model(input_ids=ids, attention_mask=mask).last_hidden_state
    chosen = states.reshape(-1, states.shape[-1])[torch.tensor(places)]
    return functional.cross_entropy(inner.lm_head(chosen).float(), torch.tensor(targets))


@dataclass
class State:
    """A tuning under way: the model, and how far it has come."""

    model: Any
    optimiser: torch.optim.Optimizer
    epoch: int = 0
    step: int = 0
    seconds: float = 0.0
    saved: float = 0.0

    def save(self, path: Path) -> None:
        """Writes the state, whole or not at all."""
        self.saved = self.seconds
        adapters = {name: weights.detach() for name, weights in self._learnt()}
        parts = {"adapters": adapters, "optimiser": self.optimiser.state_dict()}
        aside = path.with_suffix(".part")
        torch.save(parts | {"epoch": self.epoch, "step": self.step, "seconds": self.seconds}, aside)
        aside.replace(path)

    def load(self, path: Path) -> None:
        """Takes up a saved state."""
        parts: dict[str, Any] = torch.load(path)
        with torch.no_grad():
            for name, weights in self._learnt():
                weights.copy_(parts["adapters"][name])
        self.optimiser.load_state_dict(parts["optimiser"])
        self.epoch, self.step, self.seconds = parts["epoch"], parts["step"], parts["seconds"]
        self.saved = self.seconds

    def _learnt(self) -> Iterator[tuple[str, torch.Tensor]]:
        return ((name, weights) for name, weights in self.model.named_parameters() if weights.requires_grad)


def train(examples: Sequence[Example], names: Names, recipe: Recipe, keep: Path, start: Path | None = None) -> Any:
    """Returns the model tuned to understand; every epoch varies the examples anew. `keep` and `start` are `tune`'s.

    The model learns to write the whole meaning of a share of the examples (`whole`), and the attitudes of all.
    """

    def made(tokenizer: Any, rng: random.Random) -> list[Lesson]:
        anew = [varied(example, names, rng, swap=0.4) for example in examples]
        spoken = [*anew, *from_clauses(names, rng, recipe.mixed)]
        read = [*rng.sample(anew, round(recipe.whole * len(anew))), *from_templates(names, rng, recipe.fresh)]
        weighed = [weighing_of(example, tokenizer) for example in spoken if example.spans]
        return [*weighed, *(pair(example, tokenizer) for example in read)]

    return tune(made, recipe, keep, start)


def tune(made: Made, recipe: Recipe, keep: Path, start: Path | None = None) -> Any:
    """Returns the tuned model and writes its adapter to `keep`; `made` gives the lessons of each epoch.

    Beside it a state is kept from which a tuning that was broken off goes on. `start` is a folder of adapters (peft's
    layout) to begin with.
    """
    torch.manual_seed(recipe.seed)
    base, tokenizer = load()
    config = LoraConfig(
        r=recipe.rank,
        lora_alpha=recipe.alpha,
        target_modules=list(NAMES),
        layers_to_transform=list(range(recipe.first, base.config.num_hidden_layers)),
        lora_dropout=0.0,
        task_type="CAUSAL_LM",
    )
    model: Any = PeftModel.from_pretrained(base, start, is_trainable=True) if start else get_peft_model(base, config)
    weights = [parameter for parameter in model.parameters() if parameter.requires_grad]
    state, kept = State(model, torch.optim.AdamW(weights, lr=recipe.rate, weight_decay=0.0)), keep.with_suffix(".state")
    if kept.exists():
        state.load(kept)
        log.info("lora.resumed", epoch=state.epoch, step=state.step, minutes=round(state.seconds / 60, 1))
    while state.epoch < recipe.epochs and state.seconds < 60 * recipe.minutes:
        rng = random.Random(f"{recipe.seed}:{state.epoch}")
        _pass(state, list(batches(made(tokenizer, rng), recipe.tokens, rng)), recipe, kept)
    export(model, recipe.alpha, keep)
    return model


def _pass(state: State, groups: Sequence[Sequence[Lesson]], recipe: Recipe, kept: Path) -> None:
    """Takes the epoch's steps that are not taken yet, until the time is up."""
    weights = [parameter for parameter in state.model.parameters() if parameter.requires_grad]
    for batch in groups[state.step :]:
        done = max((state.epoch + state.step / len(groups)) / recipe.epochs, state.seconds / 60 / recipe.minutes)
        if done >= 1:
            return
        started = time.monotonic()
        for group in state.optimiser.param_groups:
            group["lr"] = recipe.rate * min(1.0, done / 0.04 + 0.02) * (1 - done)
        loss = loss_of(state.model, batch)
        state.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        state.optimiser.step()
        state.step += 1
        state.seconds += time.monotonic() - started
        if state.seconds - state.saved >= SAVED:
            state.save(kept)
            told = {"loss": round(float(loss.detach()), 4), "minutes": round(state.seconds / 60, 1)}
            log.info("lora.step", epoch=state.epoch, step=state.step, of=len(groups), **told)
    state.epoch, state.step = state.epoch + 1, 0
    state.save(kept)
