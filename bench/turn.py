"""Times one turn's candidates, features and scoring, without the text encoder, on the index in use.

    OMP_NUM_THREADS=1 python bench/turn.py [ROUNDS]

Prints p50 and p95 in milliseconds, by the clock and of the process, over wishes of one to six liked films, with and
without a genre and limits; and how many times a fixed piece of work beside each turn they are, which a slower or busier
machine changes little.
"""

import random
import sys
import time

import numpy as np

from bot import Settings
from bot.opening import opened_index
from retrieval.columns import Floats
from retrieval.ranking import Retriever
from retrieval.wish import Limits, Wish

KNOWN = 2000  # the films people talk about
SEED = 0
# The fixed piece of work: so many products of the items' vectors with one, each followed by a sort.
PRODUCTS = 5


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
            busy = time.process_time()
            ranked = retriever.recommend(Wish(text=f"a {genre} film", liked=liked, must=must, limits=limits))
            busy = time.process_time() - busy - ranked.timings["encode"]
            turn = ranked.timings["retrieve"] + ranked.timings["score"]
            seconds.append((turn, busy, reference(index.matrix)))
    turn, busy, fixed = np.percentile(np.array(seconds[10:]), (50, 95), axis=0).T * 1000
    print(f"{rounds} turns: p50 {turn[0]:.0f} ms, p95 {turn[1]:.0f} ms by the clock")
    print(f"of the process: p50 {busy[0]:.0f} ms, p95 {busy[1]:.0f} ms")
    p50, p95 = turn / fixed[0]
    print(f"by the fixed work, whose p50 is {fixed[0]:.0f} ms: p50 {p50:.1f}, p95 {p95:.1f}")


def reference(matrix: Floats) -> float:
    """Returns the seconds of the fixed piece of work."""
    started = time.perf_counter()
    for row in range(PRODUCTS):
        np.argsort(matrix @ matrix[row])
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
