"""Trains the tagger and exports it as one eight-bit ONNX file."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import structlog
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor
from torch.nn import functional

from bot.understanding.tagger import decode, labels
from bot.understanding.tagger.encode import Encoded, Encoder
from training.made_data import Names, from_clauses, from_templates, varied
from training.tagger_model import HEADS, TaggerModel
from training.understanding_examples import Example

log = structlog.get_logger(__name__)
INPUTS = ("ids", "segment", "shape", "title", "person", "mark")
IGNORED = -100


@dataclass(frozen=True)
class Recipe:
    """How long and how fast to train.

    `fresh` examples are made from templates and `mixed` from clauses for every pass over the gold rows. In the share
    `marking` of examples with spans one span is marked, and its attitude alone is learned; `minutes` ends the training
    in time, the rate falling to 0 by then.
    """

    epochs: int = 20
    batch: int = 24
    rate: float = 1.3e-4
    head_rate: float = 8e-4
    warmup: float = 0.08
    fresh: int = 450
    mixed: int = 500
    hint_off: float = 0.15
    marking: float = 0.6
    minutes: float = 60.0
    seed: int = 7


@dataclass(frozen=True)
class Row:
    """An example as arrays, with its targets."""

    window: Encoded
    tags: list[int]
    attitudes: list[int]
    example: Example


def row(example: Example, encoder: Encoder, rng: random.Random, recipe: Recipe) -> Row:
    """Returns the arrays of an example's first window; hints are left out now and then, so that they are not relied on.

    Where only the spans are known, the pieces away from them count as neither inside nor outside.
    """
    window = encoder.encode(example.text, example.context)[0]
    if rng.random() < recipe.hint_off:
        window.title[:] = 0
        window.person[:] = 0
    marked = rng.choice(example.spans) if example.spans and example.whole and rng.random() < recipe.marking else None
    if marked:
        window = window.marked(marked.start, marked.end)
    tags, attitudes = [], []
    for start, end in window.offsets:
        if end <= start:
            tags.append(IGNORED)
            attitudes.append(IGNORED)
            continue
        span = next((span for span in example.spans if span.start < end and start < span.end), None)
        if span is None:
            beside = any(start - 2 < span.end and span.start < end + 2 for span in example.spans)
            tags.append(labels.OUTSIDE if example.whole or beside else IGNORED)
            attitudes.append(IGNORED)
            continue
        kind = labels.KINDS.index(span.kind)
        first = start <= span.start
        tags.append(labels.begin(kind) if first else labels.inside(kind))
        asked = example.whole and marked in (None, span)
        attitudes.append(labels.ATTITUDES.index(span.attitude) if asked else IGNORED)
    return Row(window, [IGNORED] * len(tags) if marked else tags, attitudes, example)


def batches(rows: list[Row], size: int, rng: random.Random) -> Iterator[list[Row]]:
    """Yields batches of rows of like length, in random order."""
    ordered = sorted(rows, key=lambda row: len(row.window.ids) + rng.random() * 6)
    groups = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    rng.shuffle(groups)
    yield from groups


def tensors(rows: Sequence[Row]) -> dict[str, Tensor]:
    """Returns the padded inputs and the mask."""
    width = max(len(row.window.ids) for row in rows)
    inputs = {name: torch.zeros(len(rows), width, dtype=torch.long) for name in (*INPUTS, "mask")}
    for index, one in enumerate(rows):
        length = len(one.window.ids)
        for name in INPUTS:
            inputs[name][index, :length] = torch.from_numpy(getattr(one.window, name))
        inputs["mask"][index, :length] = 1
    return inputs


def loss_of(outputs: tuple[Tensor, ...], rows: Sequence[Row]) -> Tensor:
    """Returns the weighted sum of the heads' losses."""
    out = dict(zip(HEADS, (output.float() for output in outputs), strict=True))
    weight = torch.tensor([row.example.weight for row in rows])
    known = weight * torch.tensor([float(bool(row.example.intents)) for row in rows])
    acts = torch.zeros(len(rows), len(labels.INTENTS))
    best = torch.zeros(len(rows), dtype=torch.long)
    critique = torch.zeros(len(rows), len(labels.CRITIQUES))
    reference = torch.zeros(len(rows), dtype=torch.long)
    attribute = torch.zeros(len(rows), dtype=torch.long)
    for index, one in enumerate(rows):
        example = one.example
        for intent in example.intents:
            acts[index, labels.INTENTS.index(intent)] = 1
        best[index] = labels.INTENTS.index(example.intents[0]) if example.intents else 0
        for name in example.critique:
            critique[index, labels.CRITIQUES.index(name)] = 1
        reference[index] = 0 if example.reference is None else 1 if example.reference == 0 else 2
        attribute[index] = 0 if example.attribute is None else 1 + labels.ATTRIBUTES.index(example.attribute)
    logged = functional.log_softmax(out["intent"], dim=-1)
    acceptable = torch.logsumexp(logged + (acts - 1) * 1e4, dim=-1)
    first = functional.cross_entropy(out["intent"], best, reduction="none", label_smoothing=0.05)
    sentence = 0.5 * first - acceptable
    sentence = sentence + functional.binary_cross_entropy_with_logits(out["acts"], acts, reduction="none").mean(-1) * 4
    sentence = sentence + functional.cross_entropy(
        out["reference"], reference, weight=torch.tensor([1.0, 1.3, 1.5]), reduction="none"
    )
    sentence = sentence + functional.cross_entropy(out["attribute"], attribute, reduction="none")
    moves = functional.binary_cross_entropy_with_logits(
        out["critique"], critique, reduction="none", pos_weight=torch.full((len(labels.CRITIQUES),), 2.0)
    )
    sentence = sentence + moves.mean(-1) * 6
    width = out["tags"].shape[1]
    tags = torch.full((len(rows), width), IGNORED)
    attitudes = torch.full((len(rows), width), IGNORED)
    for index, one in enumerate(rows):
        tags[index, : len(one.tags)] = torch.tensor(one.tags)
        attitudes[index, : len(one.attitudes)] = torch.tensor(one.attitudes)
    per_piece = functional.cross_entropy(out["tags"].transpose(1, 2), tags, ignore_index=IGNORED, reduction="none")
    per_span = functional.cross_entropy(
        out["attitudes"].transpose(1, 2), attitudes, ignore_index=IGNORED, reduction="none"
    )
    spans = (per_piece.sum(1) / 4 + per_span.sum(1) / 5) * weight
    return ((sentence * known).sum() + spans.sum()) / len(rows)


def train(
    examples: Sequence[Example], encoder: Encoder, names: Names, recipe: Recipe, start: Path | None = None
) -> TaggerModel:
    """Returns a model trained on the examples, varied anew in every epoch; `start` holds weights to go on from."""
    rng = random.Random(recipe.seed)
    torch.manual_seed(recipe.seed)
    model = TaggerModel()
    if start:
        model.load_state_dict(torch.load(start), strict=False)
    heads = [parameter for name, parameter in model.named_parameters() if not name.startswith("encoder.")]
    groups = [
        {"params": model.encoder.parameters(), "lr": recipe.rate},
        {"params": heads, "lr": recipe.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = recipe.epochs * ((len(examples) + recipe.fresh + recipe.mixed) // recipe.batch + 1)
    started, step = time.monotonic(), 0
    model.train()
    for epoch in range(recipe.epochs):
        made = [varied(example, names, rng) for example in examples]
        made += [*from_templates(names, rng, recipe.fresh), *from_clauses(names, rng, recipe.mixed)]
        rows = [row(example, encoder, rng, recipe) for example in made if example.text.strip()]
        total, count = 0.0, 0
        for batch in batches(rows, recipe.batch, rng):
            done = max(step / steps, (time.monotonic() - started) / 60 / recipe.minutes)
            if done >= 1:
                break
            step += 1
            for group, rate in zip(optimiser.param_groups, (recipe.rate, recipe.head_rate), strict=True):
                group["lr"] = rate * min(1.0, done / recipe.warmup + 0.02) * (1 - done)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                outputs = model(**tensors(batch))
            loss = loss_of(outputs, batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            total, count = total + float(loss.detach()), count + 1
        minutes = (time.monotonic() - started) / 60
        log.info(
            "tagger.epoch",
            epoch=epoch + 1,
            of=recipe.epochs,
            loss=round(total / max(count, 1), 4),
            minutes=round(minutes, 1),
        )
    model.eval()
    return model


def run(model: TaggerModel, window: Encoded) -> dict[str, decode.Scores]:
    """Returns the model's scores for one window, as the exported file would give them."""
    inputs = {name: torch.from_numpy(np.asarray(getattr(window, name)))[None] for name in INPUTS}
    with torch.no_grad():
        outputs = model(**inputs)
    return {name: output[0].float().numpy() for name, output in zip(HEADS, outputs, strict=True)}


def export(model: TaggerModel, path: Path) -> None:
    """Writes the model as ONNX with weights in eight bits (one scale a row)."""
    whole = path.with_suffix(".whole.onnx")
    example = {name: torch.zeros(2, 12, dtype=torch.long) for name in INPUTS}
    example["segment"][:, 6:] = 1
    torch.onnx.export(
        model,
        tuple(example.values()),
        str(whole),
        input_names=list(INPUTS),
        output_names=list(HEADS),
        dynamic_axes={name: {0: "batch", 1: "pieces"} for name in (*INPUTS, "tags", "attitudes")}
        | {name: {0: "batch"} for name in HEADS if name not in ("tags", "attitudes")},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        whole, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
    )
    onnx.checker.check_model(str(path))
    whole.unlink()
