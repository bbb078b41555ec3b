"""Times one turn's candidates, features and scoring, without the text encoder, on the index in use.

    OMP_NUM_THREADS=1 python bench/turn.py [ROUNDS]

Prints p50 and p95 in milliseconds over wishes of one to six liked films, with and without a genre and limits.
"""

import random
import sys

import numpy as np

from bot import Settings
from bot.opening import opened_index
from retrieval.ranking import Retriever
from retrieval.wish import Limits, Wish

KNOWN = 2000  # the films people talk about
SEED = 0


def main(rounds: int) -> None:
    """Prints the figures; the first turns, which fill caches, do not count."""
    with opened_index(Settings(), lambda words: print(words, file=sys.stderr)) as (index, encoder):
        retriever = Retriever.open(index, encoder)
        known = sorted(index.catalogue, key=lambda item: -item.popularity)[:KNOWN]
        draw = random.Random(SEED)
        seconds = []
        for _ in range(rounds + 10):
            liked = tuple(item.id for item in draw.sample(known, draw.randint(1, 6)))
            genre = draw.choice(draw.choice(known).genres or ("Drama",))
            must = (frozenset({f"genre:{genre}"}),) if draw.random() < 0.5 else ()
            limits = Limits(year_min=draw.choice((None, 1980, 2000)))
            ranked = retriever.recommend(Wish(text=f"a {genre} film", liked=liked, must=must, limits=limits))
            seconds.append(ranked.timings["retrieve"] + ranked.timings["score"])
    p50, p95 = np.percentile(np.array(seconds[10:]) * 1000, (50, 95))
    print(f"{rounds} turns: p50 {p50:.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
