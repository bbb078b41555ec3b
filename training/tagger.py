"""Trains the tagger, in stages that can be broken off and taken up again."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
import torch

from bot.understanding.tagger.encode import Encoder
from training.made_data import Names, from_clauses, from_templates, varied
from training.tagger_loss import loss_of
from training.tagger_model import TaggerModel
from training.tagger_rows import Row, batches, row, tensors
from training.understanding_examples import Example

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Recipe:
    """How long and how fast to train.

    In every pass over the gold rows `fresh` examples are made from templates, `mixed` from clauses, and `weak` are
    drawn from the weakly labelled. `hint_off` and `marking` are those of `tagger_rows.row`. `steadiness` is how much
    of the running mean of the weights, which is what is kept, a step leaves (Polyak and Juditsky 1992). `minutes` ends
    the training in time, the rate falling to 0 by then.
    """

    epochs: int = 16
    batch: int = 24
    rate: float = 1.3e-4
    head_rate: float = 8e-4
    warmup: float = 0.08
    fresh: int = 250
    mixed: int = 400
    weak: int = 0
    hint_off: float = 0.15
    marking: float = 0.6
    steadiness: float = 0.998
    minutes: float = 40.0
    seed: int = 7


@dataclass
class State:
    """A training under way: the network, the running mean of its weights, and how far it has come."""

    model: TaggerModel
    optimiser: torch.optim.Optimizer
    mean: dict[str, torch.Tensor]
    epoch: int = 0
    step: int = 0
    seconds: float = 0.0

    @staticmethod
    def begun(recipe: Recipe, start: Path | None) -> "State":
        """Returns a fresh state; `start` holds weights to go on from.

        The word embeddings, half of all weights, stay as they are, which saves a quarter of a step's time.
        """
        torch.manual_seed(recipe.seed)
        model = TaggerModel()
        if start:
            model.load_state_dict(torch.load(start), strict=False)
        model.encoder.set_attn_implementation("sdpa")
        model.encoder.embeddings.word_embeddings.requires_grad_(False)
        learnt = _learnt(model)
        inner = [weights for name, weights in learnt.items() if name.startswith("encoder.")]
        heads = [weights for name, weights in learnt.items() if not name.startswith("encoder.")]
        groups = [{"params": inner, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]
        mean = {name: weights.detach().clone() for name, weights in learnt.items()}
        return State(model, torch.optim.AdamW(groups, weight_decay=0.01), mean)

    def save(self, path: Path) -> None:
        """Writes the state, whole or not at all."""
        parts = {"model": self.model.state_dict(), "optimiser": self.optimiser.state_dict(), "mean": self.mean}
        aside = path.with_suffix(".part")
        torch.save(parts | {"epoch": self.epoch, "step": self.step, "seconds": self.seconds}, aside)
        aside.replace(path)

    def load(self, path: Path) -> None:
        """Takes up a saved state."""
        parts: dict[str, Any] = torch.load(path)
        self.model.load_state_dict(parts["model"])
        self.optimiser.load_state_dict(parts["optimiser"])
        self.mean = parts["mean"]
        self.epoch, self.step, self.seconds = parts["epoch"], parts["step"], parts["seconds"]


def _learnt(model: TaggerModel) -> dict[str, torch.Tensor]:
    return {name: weights for name, weights in model.named_parameters() if weights.requires_grad}


def train(
    examples: Sequence[Example],
    encoder: Encoder,
    names: Names,
    recipe: Recipe,
    start: Path | None = None,
    weak: Sequence[Example] = (),
    keep: Path | None = None,
) -> TaggerModel:
    """Returns a model trained on the examples, varied anew in every epoch; `start` holds weights to go on from.

    `keep` is written after every epoch; a training broken off goes on from it. In 32 bits: a processor without AMX
    takes twice as long over bfloat16.
    """
    state = State.begun(recipe, start)
    if keep and keep.exists():
        state.load(keep)
        log.info("tagger.resumed", epoch=state.epoch, of=recipe.epochs)
    drawn = min(recipe.weak, len(weak))
    steps = recipe.epochs * ((len(examples) + recipe.fresh + recipe.mixed + drawn) // recipe.batch + 1)
    for epoch in range(state.epoch, recipe.epochs):
        rng = random.Random(f"{recipe.seed}:{epoch}")
        made = [varied(example, names, rng) for example in (*examples, *rng.sample(weak, drawn))]
        made += [*from_templates(names, rng, recipe.fresh), *from_clauses(names, rng, recipe.mixed)]
        rows = [row(each, encoder, rng, recipe.hint_off, recipe.marking) for each in made if each.text.strip()]
        losses = list(_passed(state, rows, recipe, steps, rng))
        state.epoch = epoch + 1
        loss, minutes = sum(losses) / max(1, len(losses)), state.seconds / 60
        log.info("tagger.epoch", epoch=state.epoch, of=recipe.epochs, loss=round(loss, 4), minutes=round(minutes, 1))
        if keep:
            state.save(keep)
    state.model.load_state_dict(state.mean, strict=False)
    state.model.encoder.set_attn_implementation("eager")
    return state.model.eval()


def _passed(state: State, rows: list[Row], recipe: Recipe, steps: int, rng: random.Random) -> Iterator[float]:
    """Takes a step for every batch of rows, until the time is up; yields the losses."""
    learnt = _learnt(state.model)
    state.model.train()
    for batch in batches(rows, recipe.batch, rng):
        done = max(state.step / steps, state.seconds / 60 / recipe.minutes)
        if done >= 1:
            return
        started = time.monotonic()
        for group, rate in zip(state.optimiser.param_groups, (recipe.rate, recipe.head_rate), strict=True):
            group["lr"] = rate * min(1.0, done / recipe.warmup + 0.02) * (1 - done)
        loss = loss_of(state.model(**tensors(batch)), batch)
        state.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_(list(learnt.values()), 1.0)
        state.optimiser.step()
        state.step += 1
        kept = min(recipe.steadiness, state.step / (state.step + 9))
        torch._foreach_lerp_(list(state.mean.values()), [weights.detach() for weights in learnt.values()], 1 - kept)
        state.seconds += time.monotonic() - started
        yield float(loss.detach())
