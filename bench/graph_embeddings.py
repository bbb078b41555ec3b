"""Are knowledge-graph embeddings worth a feature? `python bench/graph_embeddings.py --data DIR`

TransE (Bordes et al. 2013), DistMult (Yang et al. 2015) and ComplEx (Trouillon et al. 2016) over the graph of ReDial's
candidate set: films, people, genres, countries, languages, themes, moods. Of each: how it ranks the true entity of
edges kept out (among 200), recall by nearness to the liked films alone, and what the scorer gains from that nearness as
a feature, on the split by time and worker of `tastemaker train scorer --benchmark`, whose stages it reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal, get_args

import numpy as np
import torch
import typer
from torch import Tensor, nn

from bot import Settings
from bot.opening import opened_index, staged
from commands.shared import Data, tell
from evaluation.recommend_ablation import compared
from retrieval.columns import Columns, Floats
from retrieval.features import NAMES
from training.scorer import CHOSEN
from training.scorer_benchmark import benchmark_index, benchmark_material
from training.scorer_examples import Example, Maker
from training.scorer_measuring import Split, hits_by, telling
from training.scorer_metrics import macro
from training.scorer_network import fit

Model = Literal["TransE", "DistMult", "ComplEx"]
# A feature that is empty on ReDial, which has no log of use: the nearness stands in its column.
BORROWED = NAMES.index("use_vectors")


@dataclass(frozen=True)
class Recipe:
    """How the embeddings are learned."""

    width: int = 48
    epochs: int = 10
    batch: int = 2048
    negatives: int = 32
    rate: float = 1e-2
    margin: float = 6.0
    seed: int = 7


@dataclass(frozen=True)
class Triples:
    """Edges (m, 3): film, relation, entity; entities are numbered after the films."""

    edges: Tensor
    nodes: int
    relations: int

    @staticmethod
    def of(columns: Columns) -> "Triples":
        """Returns every edge of the catalogue; a relation has its own entities, as in the columns."""
        parts, nodes = [], len(columns)
        for relation, links in enumerate(columns.links.values()):
            rows, places = np.nonzero(links.entities)
            entities = links.entities[rows, places]
            parts.append(np.stack([rows, np.full(len(rows), relation), nodes + entities], axis=1))
            nodes += len(links.weights)
        return Triples(torch.from_numpy(np.concatenate(parts).astype(np.int64)), nodes, len(columns.links))


class Embedding(nn.Module):
    """Scores edges; films and entities share one table."""

    def __init__(self, triples: Triples, model: Model, recipe: Recipe) -> None:
        super().__init__()
        self.model, self.margin = model, recipe.margin
        self.nodes = nn.Embedding(triples.nodes, recipe.width)
        self.relations = nn.Embedding(triples.relations, recipe.width)
        for table in (self.nodes, self.relations):
            nn.init.normal_(table.weight, std=recipe.width**-0.5)

    def forward(self, films: Tensor, relations: Tensor, entities: Tensor) -> Tensor:
        """Returns scores (b, k) for films and relations (b,) and entities (b, k)."""
        film, relation, entity = self.nodes(films), self.relations(relations), self.nodes(entities)
        if self.model == "TransE":
            scores: Tensor = self.margin - (film + relation).unsqueeze(1).sub(entity).abs().sum(-1)
            return scores
        if self.model == "ComplEx":
            (a, b), (c, d) = film.chunk(2, -1), relation.chunk(2, -1)
            # The real part of film × relation × conjugate(entity).
            film, relation = torch.cat([a * c - b * d, a * d + b * c], -1), torch.ones_like(relation)
        scores = ((film * relation).unsqueeze(1) * entity).sum(-1)
        return scores


def embeddings(triples: Triples, films: int, model: Model, recipe: Recipe) -> tuple[Floats, float]:
    """Returns unit vectors of the films (films, width), and the mean reciprocal rank of edges kept out, among 200."""
    torch.manual_seed(recipe.seed)
    network = Embedding(triples, model, recipe)
    optimiser = torch.optim.Adam(network.parameters(), lr=recipe.rate)
    order = torch.randperm(len(triples.edges))
    out, learned = triples.edges[order[:2000]], triples.edges[order[2000:]]
    for _ in range(recipe.epochs):
        shuffled = learned[torch.randperm(len(learned))]
        for start in range(0, len(shuffled), recipe.batch):
            part = shuffled[start : start + recipe.batch]
            wrong = torch.randint(films, triples.nodes, (len(part), recipe.negatives))
            scores = network(part[:, 0], part[:, 1], torch.cat([part[:, 2:], wrong], dim=1))
            # Sampled softmax over the true entity and the wrong ones.
            loss = -torch.log_softmax(scores, dim=1)[:, 0].mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
            optimiser.step()
    with torch.no_grad():
        wrong = torch.randint(films, triples.nodes, (len(out), 199))
        scores = network(out[:, 0], out[:, 1], torch.cat([out[:, 2:], wrong], dim=1))
        ranks = 1 + (scores[:, 1:] > scores[:, :1]).sum(dim=1)
        vectors = nn.functional.normalize(network.nodes.weight[:films], dim=1).numpy().astype(np.float32)
    return vectors, float((1.0 / ranks).mean())


def with_nearness(examples: Sequence[Example], maker: Maker, vectors: Floats) -> list[Example]:
    """Returns the examples with the candidates' mean cosine to the liked films in the borrowed column."""
    found = []
    for example in examples:
        liked = list(maker.places(example.row.named))
        features = example.features.copy()
        features[:, BORROWED] = vectors[example.candidates] @ vectors[liked].mean(axis=0) if liked else 0.0
        found.append(replace(example, features=features))
    return found


def main(
    data: Data,
    work: Annotated[Path | None, typer.Option(help="Folder of stages.", show_default="HOME/training")] = None,
) -> None:
    """Compare the three."""
    settings, told = Settings(), staged(tell)
    with opened_index(settings, tell) as (index, encoder):
        bench = benchmark_index(data, index.catalogue, encoder, settings.home / "benchmark", "all", told)
        material = benchmark_material(data, bench, encoder, told, work=work or settings.home / "training")
        split = Split.of(material, told)
    quiet = telling(lambda stage, done, total: None, CHOSEN)
    whole = hits_by(material, split.testing, fit(split.training, CHOSEN, quiet).logits)
    triples = Triples.of(bench.columns)
    typer.echo(f"{len(triples.edges):,} edges; without: {macro(whole)}")
    for model in get_args(Model):
        vectors, mrr = embeddings(triples, len(bench.columns), model, Recipe())
        training, testing = (with_nearness(part, material.maker, vectors) for part in (split.training, split.testing))
        alone = macro(hits_by(material, testing, lambda features: features[:, BORROWED]))
        found = compared(whole, hits_by(material, testing, fit(training, CHOSEN, quiet).logits))
        low, high = found["interval_95"]["recall@10"]
        typer.echo(
            f"{model}: entity kept out, mrr {mrr:.3f}; alone recall@10 {alone['recall@10']:.3f}; "
            f"as a feature recall@10 {-found['loss']['recall@10']:+.4f} ({-high:+.4f} … {-low:+.4f})"
        )


if __name__ == "__main__":
    typer.run(main)
