"""The bench of growth: its catalogues are skewed as the default one is, and it runs from end to end."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from bench.growth_items import ROLES, Grown, GrownVectors, grown, skew
from bench.growth_steps import PARTS, Figures, Stages, TooSlowError, ingest, prepare, serve
from bench.growth_telling import draw, tables
from kg.catalogue import Catalogue
from kg.items import Item
from kg.sources import default_catalogue
from retrieval.encoder import HashEncoder


@pytest.fixture(scope="module")
def core() -> tuple[Item, ...]:
    return default_catalogue().items


def test_a_grown_catalogue_is_as_skewed_as_its_core(core: tuple[Item, ...]) -> None:
    small, large = skew(core), skew(list(grown(core, 2 * len(core))))
    for role in ROLES:
        assert large[role][0] == pytest.approx(2 * small[role][0], rel=0.15)
        # The process lets the known grow without end, which careers do not.
        assert small[role][1] < large[role][1] < 1.5 * small[role][1]
    for name in ("genres", "countries", "languages", "themes", "moods"):
        assert large[name][0] == small[name][0]
        assert large[name][1] == pytest.approx(small[name][1], abs=0.02)


def test_a_grown_catalogue_keeps_the_best_known_and_gives_others_ids_and_titles_of_their_own(
    core: tuple[Item, ...],
) -> None:
    items = Grown(core, 2000).load().items
    assert len({item.id for item in items}) == 2000
    real = {item.id: item for item in core}
    kept = [item for item in items if item.id in real]
    assert len(kept) == 1000 and all(item == real[item.id] for item in kept)
    assert min(item.popularity for item in kept) >= sorted(item.popularity for item in core)[-1000]
    titles = [item.title for item in items if item.id not in real]
    assert len(set(titles)) > 0.9 * len(titles)
    assert list(items) == sorted(items, key=lambda item: item.id)


def test_a_seed_gives_one_catalogue_and_another_seed_another(core: tuple[Item, ...]) -> None:
    assert Grown(core, 300).load() == Grown(core, 300).load()
    assert Grown(core, 300).load().items != Grown(core, 300, seed=1).load().items
    assert Grown(core, 300).fingerprint() != Grown(core, 300, seed=1).fingerprint()


def test_nobody_stands_in_a_list_twice_and_a_core_without_people_has_none(core: tuple[Item, ...]) -> None:
    assert all(len(set(item.cast)) == len(item.cast) for item in islice(grown(core, 3000), 1500, None))
    lonely = [replace(item, directors=(), writers=(), cast=()) for item in core[:50]]
    assert not any(item.directors or item.writers or item.cast for item in grown(lonely, 200))


def test_known_texts_keep_their_vectors_and_others_have_unit_ones_of_their_own() -> None:
    known = HashEncoder().encode(["a", "b", "c"])
    encoder = GrownVectors(dict(zip("abc", known, strict=True)))
    found = encoder.encode(["b", *(f"text {number}" for number in range(20))])
    assert (found[0] == known[1]).all()
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert (encoder.encode(["text 7"])[0] == found[8]).all()
    assert len(np.unique(found[1:], axis=0)) > 5


def test_a_small_run_measures_ingest_and_serving_and_tells_it(core: tuple[Item, ...], tmp_path: Path) -> None:
    prepare(tmp_path, core[::40], HashEncoder())
    home = tmp_path / "home"
    home.mkdir()
    told, served = Figures(tmp_path / "ingest.json"), Figures(tmp_path / "serve.json")
    ingest(tmp_path, home, 600, Stages(told))
    serve(tmp_path, home, served)
    assert told.found["done"] and told.found["chroma"]["done"] == told.found["chroma"]["total"] == 600
    assert told.found["disk_gb"]["graph"] > 0 and told.found["peak_gb"] > 0
    assert served.found["done"] and served.found["items"] == 600
    assert served.found["open"]["pool"] == 300
    assert 0.9 < served.found["recall@150"] <= 1.0
    prepared = Figures(tmp_path / "prepare.json", {"skew": skew(list(Catalogue.load(tmp_path / "core.jsonl")))})
    cell = {"items": 600, "engine": "embedded", "ingest": told.found, "serve": served.found}
    gone = {"items": 900, "engine": "server", "ingest": {}, "serve": {}}
    figures = {"prepare": prepared.found | {"nearest": 0.5}, "cells": [cell, gone]}
    lines = list(tables(figures))
    assert any(line.startswith("| 600, embedded | ") and "–" not in line for line in lines)
    assert any(line.startswith("| 900, server | – | – | – |") for line in lines)
    draw(figures, tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")


class Impatient(Stages):
    """Waits for no engine."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage in PARTS:
            raise TooSlowError(stage)
        super().__call__(stage, done, total)


def test_what_takes_too_long_is_left_out_and_the_rest_is_measured(core: tuple[Item, ...], tmp_path: Path) -> None:
    prepare(tmp_path, core[::40], HashEncoder())
    home = tmp_path / "home"
    home.mkdir()
    told, served = Figures(tmp_path / "ingest.json"), Figures(tmp_path / "serve.json")
    ingest(tmp_path, home, 400, Impatient(told))
    assert told.found["stopped"] == ["chroma", "graph"]
    serve(tmp_path, home, served, told.found["stopped"])
    assert served.found["done"] and served.found["narrow"]["pool"] > 0 and "exact" in served.found
    assert not {"neighbours", "search", "recall@150"} & served.found.keys()
