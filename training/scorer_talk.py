"""Training the talk network in torch: a full softmax over the films that talks speak of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from retrieval.columns import Floats
from retrieval.encoder import DIMENSIONS, Vectors
from retrieval.talk import FADING, NAMED_READ, Talk, TalkNetwork


@dataclass(frozen=True, slots=True)
class TalkRecipe:
    """How the network is trained. More than four epochs overfit (chosen on the split by time)."""

    width: int = 96
    dropout: float = 0.4
    # The share of talks whose words are hidden, so that films alone must do.
    wordless: float = 0.2
    rate: float = 3e-3
    decay: float = 0.1
    epochs: int = 4
    batch: int = 128
    seed: int = 7


@dataclass(frozen=True)
class Turn:
    """One recommendation in a talk: the rows named before, the rows named now, and what was said, where it is known."""

    named: tuple[int, ...]
    now: tuple[int, ...]
    text: Vectors | None


def turns_of_history(history: Sequence[int]) -> list[Turn]:
    """Returns the turns of a talk of which only the films are known, each new film after those before it."""
    rows = list(dict.fromkeys(history))
    return [Turn(tuple(rows[:place]), (row,), None) for place, row in enumerate(rows)]


def learn_talk(turns: Sequence[Turn], matrix: Vectors, recipe: TalkRecipe) -> Talk:
    """Returns the network over the catalogue whose item vectors are `matrix` (n, 384). Seeded."""
    torch.manual_seed(recipe.seed)
    rows = np.unique(np.array([row for turn in turns for row in (*turn.named, *turn.now)], dtype=np.int64))
    films = {int(row): film for film, row in enumerate(rows)}
    batches = _Batches(turns, films, recipe)
    network = _Network(torch.from_numpy(matrix[rows]), batches.counts(), recipe)
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = recipe.epochs * -(-len(turns) // recipe.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps, pct_start=0.2)
    for _ in range(recipe.epochs):
        for named, text, wanted in batches.shuffled():
            chances = torch.log_softmax(network(named, text), dim=1)
            loss = -(wanted * chances).sum(dim=1).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
            optimiser.step()
            schedule.step()
    return Talk.of(network.folded(), rows, len(matrix))


class _Batches:
    """The turns as tensors, in a new order each epoch."""

    def __init__(self, turns: Sequence[Turn], films: dict[int, int], recipe: TalkRecipe) -> None:
        self._recipe = recipe
        self._random = np.random.default_rng(recipe.seed)
        self._size = len(films)
        self._now = [[films[row] for row in turn.now] for turn in turns]
        self._named = np.full((len(turns), NAMED_READ), self._size, dtype=np.int64)
        self._text: Vectors = np.zeros((len(turns), DIMENSIONS), dtype=np.float32)
        for place, turn in enumerate(turns):
            kept = [films[row] for row in turn.named][-NAMED_READ:]
            if kept:
                self._named[place, -len(kept) :] = kept
            if turn.text is not None:
                self._text[place] = turn.text

    def counts(self) -> npt.NDArray[np.int64]:
        """Returns (m,) how often each film was recommended, plus one."""
        return 1 + np.bincount([film for now in self._now for film in now], minlength=self._size)

    def shuffled(self) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        """Yields an epoch's batches: films named (b, 12), text vectors (b, 384), wanted shares (b, m)."""
        order = self._random.permutation(len(self._now))
        for start in range(0, len(order), self._recipe.batch):
            rows = order[start : start + self._recipe.batch]
            wanted = torch.zeros(len(rows), self._size)
            for place, row in enumerate(rows):
                wanted[place, self._now[row]] = 1.0 / len(self._now[row])
            heard = self._random.random((len(rows), 1)) >= self._recipe.wordless
            text = torch.from_numpy((self._text[rows] * heard).astype(np.float32))
            yield torch.from_numpy(self._named[rows]), text, wanted


class _Network(nn.Module):
    """A film's vectors are its own plus a projection of its facts, so that rare films lean on their facts."""

    def __init__(self, facts: Tensor, counts: npt.NDArray[np.int64], recipe: TalkRecipe) -> None:
        super().__init__()
        width, size = recipe.width, len(facts)
        # One film more than there are, which is no film, to pad with.
        self.facts = torch.cat([facts, torch.zeros(1, DIMENSIONS)])
        self.named = nn.Embedding(size + 1, width, padding_idx=size)
        self.films = nn.Embedding(size, width)
        nn.init.normal_(self.named.weight, std=0.02)
        nn.init.normal_(self.films.weight, std=0.02)
        with torch.no_grad():
            self.named.weight[size] = 0.0
        self.named_facts = nn.Linear(DIMENSIONS, width, bias=False)
        self.film_facts = nn.Linear(DIMENSIONS, width, bias=False)
        self.bias = nn.Parameter(torch.from_numpy(np.log(counts / counts.sum())).float())
        self.text = nn.Linear(DIMENSIONS, width)
        self.inner = nn.Linear(2 * width, width)
        self.outer = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(recipe.dropout)
        self.bend = nn.GELU(approximate="tanh")
        self.fading = torch.exp(-FADING * torch.arange(NAMED_READ).flip(0).float())

    def forward(self, named: Tensor, text: Tensor) -> Tensor:
        """Returns the logits (b, m) of every film."""
        there = (named < len(self.facts) - 1).float() * self.fading
        vectors = self.named(named) + self.named_facts(self.facts[named])
        bag = (vectors * there.unsqueeze(-1)).sum(1) / there.sum(1, keepdim=True).clamp(min=1e-6)
        said = self.text(text)
        hidden = self.dropout(self.bend(self.inner(self.dropout(torch.cat([bag, said], dim=1)))))
        query = self.dropout(self.norm(bag + said + self.outer(hidden)))
        logits: Tensor = query @ self._answers().T + self.bias
        return logits

    def _answers(self) -> Tensor:
        width = self.films.weight.shape[1]
        answers: Tensor = (self.films.weight + self.film_facts(self.facts[:-1])) * (3.0 / width**0.5)
        return answers

    def folded(self) -> TalkNetwork:
        """Returns the weights for serving, a film's own vectors and its projected facts being one."""

        def numpy(values: Tensor) -> Floats:
            return values.detach().numpy().astype(np.float32)

        return TalkNetwork(
            named=numpy(self.named.weight + self.named_facts(self.facts))[:-1],
            films=numpy(self._answers()),
            bias=numpy(self.bias),
            text=numpy(self.text.weight.T),
            text_bias=numpy(self.text.bias),
            inner=numpy(self.inner.weight.T),
            inner_bias=numpy(self.inner.bias),
            outer=numpy(self.outer.weight.T),
            outer_bias=numpy(self.outer.bias),
            scale=numpy(self.norm.weight),
            shift=numpy(self.norm.bias),
        )
