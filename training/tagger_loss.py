"""What the tagger's network is trained to lower."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from bot.understanding.tagger import labels
from training.tagger_model import HEADS
from training.tagger_rows import IGNORED, Row


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
