"""A shop's log: its columns guessed, its rows joined, what cannot be used counted with its reason."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kg.catalogue import Catalogue
from kg.errors import CatalogueError
from tests.retrieval_films import film, films
from training.interactions_columns import columns_of
from training.interactions_reading import read_interactions

CATALOGUE = Catalogue([*films(20), film(90, title="Heat", year=1995)])


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["userId", "movieId", "rating", "timestamp"], {"user": "userId", "item": "movieId", "rating": "rating"}),
        (["Customer ID", "SKU", "Event-Type", "Created_At"], {"user": "Customer ID", "item": "SKU"}),
        (["person", "title", "year"], {"user": "person", "title": "title", "year": "year"}),
    ],
)
def test_columns_are_known_by_many_names(header: list[str], found: dict[str, str]) -> None:
    assert found.items() <= columns_of(header).items()


def test_rows_are_joined_weighed_and_the_bad_ones_counted(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        "visitor;item;event;date\n"
        "ann;f1;view;2024-01-02T10:00:00Z\n"
        "ann;f2;Add to Cart;2024-01-01\n"
        "bob;f3;dislike;2024-01-05\n"
        "bob;unknown;view;2024-01-05\n"
        ";f1;view;2024-01-05\n"
        "bob;f4;teleport;2024-01-05\n"
        "bob;f5;view;yesterday\n"
    )
    read = read_interactions(path, CATALOGUE)
    log = read.log
    assert read.read == 7
    assert [CATALOGUE.ids[row] for row in log.items.tolist()] == ["f2", "f1", "f3"]  # ann's in the order of time
    np.testing.assert_allclose(log.weights, [0.8, 0.3, 1.0])
    assert log.disliked.tolist() == [False, False, True]
    assert log.times[1] - log.times[0] == (24 + 10) * 3600
    assert read.bad == {
        "no person": 1,
        "an item that the catalogue does not have": 1,
        "an event of no known kind": 1,
        "a time that cannot be read": 1,
    }
    assert any("3 of 7 rows kept: 2 people, 3 items" in line for line in read.lines())


def test_ratings_are_a_share_of_their_scale_and_poor_ones_say_no(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    frame = {"user": [1, 1, 1, 1], "title": ["Heat (1995)", "Redhouse0", "Bluehouse1", "Greenhouse2"]}
    pd.DataFrame({**frame, "stars": [5, 1, 3, None], "ts": [1.7e12, 1.6e12, 1.5e12, 1.4e12]}).to_parquet(path)
    log = read_interactions(path, CATALOGUE).log
    assert [CATALOGUE.ids[row] for row in log.items.tolist()] == ["f2", "f1", "f0", "f90"]
    np.testing.assert_allclose(log.ratings, [np.nan, 0.5, 0.0, 1.0])
    assert log.disliked.tolist() == [False, False, True, False]
    assert log.times.max() == 1.7e9  # milliseconds


def test_ids_of_another_catalogue_are_told_by_the_file_beside(tmp_path: Path) -> None:
    (tmp_path / "movies.csv").write_text('movieId,title,genres\n7,"Heat (1995)",Crime\n')
    path = tmp_path / "ratings.jsonl"
    path.write_text(json.dumps({"userId": 1, "movieId": 7, "rating": 4.0}) + "\n")
    log = read_interactions(path, CATALOGUE).log
    assert CATALOGUE.ids[int(log.items[0])] == "f90"
    assert np.isnan(log.ratings).all()  # one rating shows no scale


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("who,what\na,b\n", "Name them user and item"),
        ("user,item\na,nothing known\n", "No row"),
    ],
)
def test_a_log_that_cannot_be_used_says_why(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(text)
    with pytest.raises(CatalogueError, match=says):
        read_interactions(path, CATALOGUE)
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_interactions(tmp_path / "missing.csv", CATALOGUE)
