"""The one feature table: what the scorer sees of a candidate. Nothing in it depends on which catalogue is served.

`FEATURES` names every column and says what it means; `docs/recommendation.md` is written from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.items import Relation
from retrieval.behaviour import SIGNALS
from retrieval.candidates import GENERATORS, Knowledge, Pool
from retrieval.columns import Columns, Floats, Rows
from retrieval.encoder import Vectors
from retrieval.joints import OWN
from retrieval.request import Request

# Relations whose overlaps with the liked items are compared, under the names of their features.
SHARED: dict[str, Relation] = {
    "directors": "DIRECTED_BY",
    "writers": "WRITTEN_BY",
    "cast": "FEATURES",
    "genres": "HAS_GENRE",
    "countries": "MADE_IN",
    "languages": "SPOKEN_IN",
    "themes": "HAS_THEME",
    "moods": "HAS_MOOD",
}
SHARED_DISLIKED = ("directors", "cast", "genres", "themes", "moods")
PREFERENCE_KINDS = ("genre", "person", "theme", "mood", "country", "language")
# A count of entities, dates … is divided by this to lie near 0 … 1.
DECADE, HOUR, NEWEST, OLDEST = 10.0, 60.0, 2025.0, 1925.0

FEATURES: dict[str, str] = {
    "text_similarity": "cosine of the item's text and what was said; 0 when nothing was",
    "taste_similarity": "cosine of the item's text and the liked items' centroid less half the disliked ones'",
    "liked_nearest": "cosine to the nearest liked item",
    "liked_mean": "mean cosine to the liked items",
    "liked_last": "cosine to the liked item named last",
    "disliked_nearest": "cosine to the nearest disliked item",
    **{f"shared_{name}": f"{name} shared with liked items, each 1/log(2 + its items), summed" for name in SHARED},
    **{f"shared_disliked_{name}": f"{name} shared with disliked items, weighted alike" for name in SHARED_DISLIKED},
    **{f"preferred_{kind}": f"share of the preferred {kind} entities that it has" for kind in PREFERENCE_KINDS},
    "preferred_any": "1 when it has any preferred entity",
    "dispreferred": "share of the dispreferred entities that it has",
    "must_hits": "entities of the required groups that it has, beyond one a group",
    "co_taste": "summed co-taste with the liked items",
    "co_taste_mean": "co-taste with the liked items, a liked item",
    "foretold": "root of how strongly the liked items together foretell it (regression over histories)",
    "foretold_last": "root of how strongly the liked item named last foretells it",
    "talk": "log-chance, by the talk network, to be recommended next",
    "namesake_talk": "the best `talk` of the items of its title",
    "namesake_co_taste": "the best `co_taste` of the items of its title",
    "namesake_foretold": "the best `foretold` of the items of its title",
    "title_share": "log of its share of the conversations that speak of its title; 0 when no other item has it",
    "spoken_of": "log(1 + conversations that speak of it)",
    "use_vectors": "nearness of its vector, learned from the log of use, to that of somebody who liked these items",
    "use_lately": "how often the log's people chose it and the last ten liked items, the last weighing most",
    "use_next": "how often it was chosen soon after the last ten liked items, the last weighing most",
    "use_trend": "people who chose it lately, log(1 + sum), each choice fading with age",
    "use_together": "how often the log's people chose it and the liked items, a liked item",
    "use_people": "log(1 + people of the log who chose it)",
    "use_rating": "mean rating in the log, 0 … 1, drawn to the mean of all",
    "popularity": "how well known it is, 0 … 1",
    "rating": "critics' average, 0 … 1; 0.55 when unknown",
    "rating_known": "1 when it has a rating",
    "oscars": "log(1 + Academy Awards won)",
    "recency": "year, 1925 as 0 and 2025 as 1; 0.7 when unknown",
    "year_distance": "decades between it and the liked items' mean year",
    "newer_than_liked": "decades that it is newer than the liked items' mean, negative when older",
    "runtime": "hours; 1.75 when unknown",
    "axes_distance": "mean difference to the liked items on the seven axes",
    "noted": "1 when it has film notes (themes, axes that are not estimates)",
    "rrf": "weight from reciprocal rank fusion, times 60",
    **{f"rank_{name}": f"10 / (10 + its place in the list of generator `{name}`); 0 if absent" for name in GENERATORS},
    "series_of_liked": "1 when it belongs to the series of a liked item",
    "named_before": "1 when it is one of the liked items itself",
    "named_last": "1 / (1 + how many liked items were named after it); 0 unless it is one of them",
    "liked_count": "log(1 + number of liked items): tells the scorer how much taste there is",
    "text_length": "log(1 + words said) / 5",
}
NAMES = tuple(FEATURES)
# What only a log of use can tell; all zeros where there is none.
USE = tuple(name for name in NAMES if name.startswith("use_"))


@dataclass(frozen=True)
class View:
    """What the feature groups read."""

    known: Knowledge
    request: Request
    pool: Pool

    @property
    def columns(self) -> Columns:
        """The catalogue's columns."""
        return self.known.index.columns

    @property
    def matrix(self) -> Vectors:
        """The catalogue's vectors."""
        return self.known.index.matrix

    @property
    def rows(self) -> Rows:
        """The candidates' rows (k,)."""
        return self.pool.rows


Group = Callable[[View], dict[str, Floats]]


def feature_matrix(known: Knowledge, request: Request, pool: Pool) -> Floats:
    """Returns float32 (k, len(FEATURES)), a row a candidate in the pool's order, columns in the table's order."""
    view = View(known, request, pool)
    found: dict[str, Floats] = {}
    for group in (_similarities, _overlaps, _preferences, _history, _use, _facts, _distances, _ranks):
        found.update(group(view))
    return np.stack([found[name] for name in NAMES], axis=1).astype(np.float32)


def _similarities(view: View) -> dict[str, Floats]:
    request, own = view.request, view.matrix[view.rows]
    liked = own @ view.matrix[request.liked].T
    disliked = own @ view.matrix[request.disliked].T
    none = np.zeros(len(own), dtype=np.float32)
    has_liked, has_disliked = bool(len(request.liked)), bool(len(request.disliked))
    return {
        "text_similarity": none if request.text is None else own @ request.text,
        "taste_similarity": none if request.taste is None else own @ request.taste,
        "liked_nearest": liked.max(axis=1) if has_liked else none,
        "liked_mean": liked.mean(axis=1) if has_liked else none,
        "liked_last": liked[:, -1] if has_liked else none,
        "disliked_nearest": disliked.max(axis=1) if has_disliked else none,
    }


def _overlaps(view: View) -> dict[str, Floats]:
    liked, disliked, links = view.request.liked, view.request.disliked, view.columns.links
    mine = {f"shared_{name}": links[relation].overlap(view.rows, liked) for name, relation in SHARED.items()}
    theirs = {f"shared_disliked_{name}": links[SHARED[name]].overlap(view.rows, disliked) for name in SHARED_DISLIKED}
    # No training catalogue has relations of its own (mechanic, cuisine): they tell what an item is like, as themes do.
    mine["shared_themes"] = mine["shared_themes"] + links[OWN].overlap(view.rows, liked)
    theirs["shared_disliked_themes"] = theirs["shared_disliked_themes"] + links[OWN].overlap(view.rows, disliked)
    return mine | theirs


def _preferences(view: View) -> dict[str, Floats]:
    wish, columns, rows = view.request.wish, view.columns, view.rows
    found = {}
    for kind in PREFERENCE_KINDS:
        wanted = [entity for entity in wish.prefer if entity.startswith(f"{kind}:")]
        found[f"preferred_{kind}"] = share_of(columns, rows, wanted)
    required = [entity for group in wish.must for entity in group]
    return found | {
        "preferred_any": columns.mask_of(wish.prefer)[rows].astype(np.float32),
        "dispreferred": share_of(columns, rows, wish.disprefer),
        "must_hits": np.maximum(share_of(columns, rows, required) * len(required) - len(wish.must), 0),
    }


def share_of(columns: Columns, rows: Rows, entities: Sequence[str]) -> Floats:
    """Returns for each of `rows` the share of the entities that it has; 0 where there are none."""
    hits = np.zeros(len(columns), dtype=np.float32)
    for entity in entities:
        having = columns.having.get(entity)
        if having is not None:
            hits[having] += 1.0
    return hits[rows] / np.float32(max(len(entities), 1))


def _history(view: View) -> dict[str, Floats]:
    liked = view.request.liked
    last = np.zeros(len(view.columns), dtype=np.float32)
    last[liked] = 1.0 / np.arange(len(liked), 0, -1)
    series, mine = view.columns.series[view.rows], view.columns.series[liked]
    talk, together = view.known.talk.scores(view.request.text, liked), view.known.cotaste.scores(liked)
    names, scores = view.known.namesakes, together[view.rows]
    foretold, last_foretold = view.known.cotaste.foretold(liked), view.known.cotaste.foretold(liked[-1:])
    return {
        "series_of_liked": np.isin(series, mine[mine >= 0]).astype(np.float32),
        "named_before": (last[view.rows] > 0).astype(np.float32),
        "named_last": last[view.rows],
        "talk": talk[view.rows],
        "namesake_talk": names.best(talk)[view.rows],
        "namesake_co_taste": names.best(together)[view.rows],
        "namesake_foretold": np.sqrt(names.best(foretold)[view.rows]),
        "title_share": names.share(view.known.cotaste.counts)[view.rows],
        "co_taste": scores,
        "co_taste_mean": scores / np.float32(max(len(liked), 1)),
        "foretold": np.sqrt(foretold[view.rows]),
        "foretold_last": np.sqrt(last_foretold[view.rows]),
        "spoken_of": np.log1p(view.known.cotaste.counts[view.rows]),
    }


def _use(view: View) -> dict[str, Floats]:
    behaviour, rows, liked = view.known.behaviour, view.rows, view.request.liked
    if behaviour is None:
        return {name: np.zeros(len(rows), dtype=np.float32) for name in USE}
    together = behaviour.together.scores(liked)[rows]
    return {name: signal(behaviour, liked)[rows] for name, signal in SIGNALS.items()} | {
        "use_together": together / np.float32(max(len(liked), 1)),
        "use_people": np.log1p(behaviour.together.counts[rows]),
        "use_rating": behaviour.rating[rows],
    }


def _facts(view: View) -> dict[str, Floats]:
    columns, rows = view.columns, view.rows
    rating = columns.rating[rows]
    return {
        "popularity": columns.popularity[rows],
        "rating": np.nan_to_num(rating / 10.0, nan=0.55),
        "rating_known": (~np.isnan(rating)).astype(np.float32),
        "oscars": np.log1p(columns.oscars[rows]),
        "recency": np.nan_to_num((columns.year[rows] - OLDEST) / (NEWEST - OLDEST), nan=0.7),
        "runtime": np.nan_to_num(columns.runtime[rows] / HOUR, nan=1.75),
        "noted": (~columns.axes_estimated[rows]).astype(np.float32),
    }


def _distances(view: View) -> dict[str, Floats]:
    columns, rows, liked = view.columns, view.rows, view.request.liked
    newer = np.nan_to_num((columns.year[rows] - _mean(columns.year[liked])) / DECADE, nan=0.0)
    apart = np.abs(columns.axes[rows] - np.array([_mean(axis) for axis in columns.axes[liked].T]))
    known = ~np.isnan(apart)
    return {
        "newer_than_liked": newer,
        "year_distance": np.abs(newer),
        "axes_distance": np.where(known, apart, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1),
    }


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def _ranks(view: View) -> dict[str, Floats]:
    pool, wish = view.pool, view.request.wish
    places = np.where(pool.ranks > 0, 10.0 / (10.0 + pool.ranks), 0.0).astype(np.float32)
    return {f"rank_{name}": places[:, column] for column, name in enumerate(GENERATORS)} | {
        "rrf": pool.rrf * 60.0,
        "liked_count": np.full(len(pool.rows), np.log1p(len(view.request.liked)), dtype=np.float32),
        "text_length": np.full(len(pool.rows), np.log1p(len(wish.text.split())) / 5.0, dtype=np.float32),
    }
