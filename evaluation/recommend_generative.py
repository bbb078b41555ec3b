"""The generative way beside the discriminative one: a language model's own proposals, alone and fused.

Three fusions of two beliefs over the same items: their average, a weighted sum, and a learned one. What a fusion
learns, it learns on the dialogues of the other half.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import HumanMessage
from torch import Tensor

from evaluation.recommend_bench import Bench, Protocol, hits_of
from prompts import load
from retrieval.columns import Floats, Rows
from retrieval.constraints import allowed_rows
from retrieval.progress import Progress, silent
from retrieval.proposals import Proposals
from retrieval.scorer import log_softmax
from training.scorer_dialogues import MOVIE, Row, title_and_year
from training.scorer_metrics import MAIN, Hits, bootstrapped, mean_of

SEVERAL = 10
TURNS_TOLD, CHARACTERS_TOLD = 4, 800
WEIGHTS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7)
# The log-belief of an item of which one side knows nothing.
UNKNOWN = -12.0


@dataclass(frozen=True)
class Beliefs:
    """Two beliefs over the same items of one row: `rows` (k,), shares by the scorer and by the model (k,)."""

    rows: Rows
    scorer: Floats
    model: Floats
    targets: tuple[int, ...]
    talk: int

    def hits(self, belief: Floats) -> Hits:
        """Returns the targets' places in the order of a belief, equals in the scorer's; -inf is not in the list."""
        order = np.lexsort((-self.scorer, -belief))[: int(np.isfinite(belief).sum())]
        return hits_of(self.rows[order], self.targets, self.talk)


def prompt_of(row: Row) -> str:
    """Returns what the model is asked: the last turns of the context, with titles. The answer is not in it."""

    def title(name: str) -> str:
        film, year = title_and_year(name)
        return f"{film} ({year})" if year else film

    def spoken(text: str) -> str:
        return MOVIE.sub(lambda match: title(row.names.get(match[1], "a film")), text)

    told = "\n".join(
        f"{'Person' if said.role == 'seeker' else 'Recommender'}: {spoken(said.text)}"
        for said in row.context[-TURNS_TOLD:]
    )
    named = ", ".join(title(row.names[movie]) for movie in dict.fromkeys(row.named) if movie in row.names)
    return load("proposing").format(talk=told[-CHARACTERS_TOLD:], named=named or "none", several=SEVERAL)


def evaluate_generative(
    bench: Bench, rows: Sequence[Row], model: BaseChatModel, name: str, progress: Progress = silent
) -> dict[str, Any]:
    """Returns the ways compared on the rows, by the protocol `dedup`: each way's figures with 95% intervals.

    `linked` is the share of the titles written that the catalogue has. Raises what the model raises when it is away.
    """
    beliefs, written, linked = [], 0, 0
    for place, row in enumerate(rows):
        proposals = Proposals.read(model.invoke([HumanMessage(prompt_of(row))]).text)
        written += len(proposals.written)
        linked += len(proposals.linked(bench.known.index.catalogue))
        beliefs.append(beliefs_of(bench, row, proposals))
        progress("proposals", place + 1, len(rows))
    return {
        "model": name,
        "rows": len(rows),
        "titles": written,
        "linked": linked / max(written, 1),
        "ways": {way: _figures(beliefs, order) for way, order in _ways(beliefs).items()},
    }


def beliefs_of(bench: Bench, row: Row, proposals: Proposals, protocol: Protocol = "dedup") -> Beliefs:
    """Returns both beliefs over the scorer's candidates and whatever the model proposes beside them."""
    scored, index = bench.scored(row, protocol), bench.known.index
    allowed = allowed_rows(index.columns, bench.wish(row, protocol))
    shares = proposals.shares(index.catalogue, index.columns, allowed)
    scorer = np.zeros(len(index.columns), dtype=np.float32)
    scorer[scored.pool.rows] = np.exp(log_softmax(bench.scorer.logits(scored.features)))
    rows = np.flatnonzero((scorer > 0) | (shares > 0))
    targets = bench.judged(row, scored, scorer[scored.pool.rows], protocol).targets
    return Beliefs(rows, scorer[rows], shares[rows], targets, row.conversation)


Order = Callable[[Beliefs], Floats]


def _ways(beliefs: Sequence[Beliefs]) -> dict[str, Order]:
    halves = [[belief for belief in beliefs if belief.talk % 2 == half] for half in (0, 1)]
    # What was learned on one half serves the other.
    shares = [_best_share(half) for half in halves]
    learned = [_learned(half) for half in halves]
    return {
        "scorer alone": lambda belief: belief.scorer,
        "model alone": lambda belief: np.where(belief.model > 0, belief.model, np.float32(-np.inf)),
        "average": lambda belief: mixed(belief, 0.5),
        "weighted": lambda belief: mixed(belief, shares[1 - belief.talk % 2]),
        "learned": lambda belief: _features(belief) @ learned[1 - belief.talk % 2],
    }


def mixed(belief: Beliefs, share: float) -> Floats:
    """Returns (k,) the sum of both beliefs, the model's weighing `share`."""
    summed: Floats = np.float32(1 - share) * belief.scorer + np.float32(share) * belief.model
    return summed


def _best_share(beliefs: Sequence[Beliefs]) -> float:
    def worth(share: float) -> float:
        return sum(belief.hits(mixed(belief, share)).metrics()["ndcg@10"] for belief in beliefs)

    return max(WEIGHTS, key=worth)


def _features(belief: Beliefs) -> Floats:
    """(k, 4): both log-beliefs, whether the model proposed it, and both at once."""

    def log(shares: Floats) -> Floats:
        return np.log(np.maximum(shares, np.exp(np.float32(UNKNOWN))))

    proposed = (belief.model > 0).astype(np.float32)
    found: Floats = np.stack([log(belief.scorer), log(belief.model), proposed, proposed * log(belief.scorer)], axis=1)
    return found


def _learned(beliefs: Sequence[Beliefs], decay: float = 0.01) -> Floats:
    """Returns (4,) weights of a listwise logistic regression; the scorer's own order where nothing can be learned."""
    start = torch.tensor([1.0, 0.0, 0.0, 0.0])
    useful = [belief for belief in beliefs if np.isin(belief.rows, belief.targets).any()]
    if not useful:
        return start.numpy()
    lists = [torch.from_numpy(_features(belief)) for belief in useful]
    wanted = [torch.from_numpy(np.isin(belief.rows, belief.targets)) for belief in useful]
    weights = start.clone().requires_grad_()
    optimiser = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        chances = [torch.log_softmax(features @ weights, dim=0) for features in lists]
        gains = [chance[hit].mean() for chance, hit in zip(chances, wanted, strict=True)]
        loss = -torch.stack(gains).mean()
        loss = loss + decay * ((weights - start) ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]  # torch leaves it unannotated
    found: Floats = weights.detach().numpy()
    return found


def _figures(beliefs: Sequence[Beliefs], order: Order) -> dict[str, Any]:
    hits = [belief.hits(order(belief)) for belief in beliefs]
    tables = [{metric: value for metric, value in hit.metrics().items() if metric in MAIN} for hit in hits]
    return {"macro": mean_of(tables), "interval_95": bootstrapped(tables, [belief.talk for belief in beliefs])}
