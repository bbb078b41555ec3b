"""What the columns of a shop's log mean: their names, the kinds of events, scales of ratings, forms of time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from retrieval.columns import Floats, Mask
from training.interactions_log import Times

# Meaning → the names that its column goes by, in lower case without blanks, dashes or underscores; the first found.
NAMES: Mapping[str, str] = {
    "user": "user userid customer customerid visitor visitorid account accountid member memberid person personid uid "
    "reviewerid profileid session sessionid",
    "item": "item itemid product productid movie movieid film filmid sku asin article articleid book bookid isbn "
    "imdbid imdb id",
    "title": "title name itemtitle productname producttitle movietitle itemname",
    "year": "year releaseyear",
    "rating": "rating score stars star overall userrating",
    "event": "event eventtype action type kind interaction behavior behaviour",
    "time": "time timestamp date datetime at created createdat eventtime when ts",
}
# What an event tells, a purchase or a rating being 1 → the kinds of events.
KINDS: Mapping[float, str] = {
    0.3: "view pageview",
    0.5: "click detail",
    0.8: "wishlist bookmark cart addtocart play watch read listen download",
    1.0: "rate rating buy purchase transaction order like love favorite favourite up upvote",
}
EVENTS = {kind: weight for weight, kinds in KINDS.items() for kind in kinds.split()}
REFUSALS = frozenset(("dislike", "dismiss", "skip", "hide", "down", "downvote", "return", "refund", "notinterested"))
# A rating in the lowest part of the scale says no.
POOR = 0.3
# Numbers of time above this are milliseconds.
MILLISECONDS = 1e11
EPOCH = pd.Timestamp(0, tz="UTC")


def columns_of(header: Sequence[Any]) -> dict[str, str]:
    """Returns the column of each meaning (user, item, title, year, rating, event, time) that a header has."""
    by_name = {str(name).lower().translate(str.maketrans("", "", " _-")): str(name) for name in header}
    found: dict[str, str] = {}
    for meaning, names in NAMES.items():
        column = next((by_name[name] for name in names.split() if name in by_name), None)
        if column is not None and column not in found.values():
            found[meaning] = column
    return found


def ratings_of(table: pd.DataFrame, columns: Mapping[str, str], bad: Counter[str]) -> tuple[Floats, Mask]:
    """Returns the ratings as 0 … 1 of the scale that the column shows, NaN for none, and which of them say no."""
    nothing = np.full(len(table), np.nan, dtype=np.float32)
    if "rating" not in columns:
        return nothing, np.zeros(len(table), dtype=np.bool_)
    given = pd.to_numeric(table[columns["rating"]], errors="coerce").to_numpy(dtype=np.float32, na_value=np.nan)
    unread = np.isnan(given) & table[columns["rating"]].notna().to_numpy()
    if unread.any():
        bad["a rating that is no number (the row counts as a choice)"] = int(unread.sum())
    low, high = np.nanmin(given, initial=np.inf), np.nanmax(given, initial=-np.inf)
    if not high > low:
        return nothing, np.zeros(len(table), dtype=np.bool_)
    share = (given - low) / (high - low)
    return share.astype(np.float32), np.nan_to_num(share, nan=1.0) < POOR


def events_of(table: pd.DataFrame, columns: Mapping[str, str]) -> tuple[Floats, Mask]:
    """Returns the weight of each row's event, NaN for an unknown kind, and which events say no."""
    if "event" not in columns:
        return np.ones(len(table), dtype=np.float32), np.zeros(len(table), dtype=np.bool_)
    kinds = table[columns["event"]].astype("string").str.lower().str.replace(r"[ _-]", "", regex=True).fillna("view")
    weights: Floats = kinds.map({**EVENTS, **dict.fromkeys(REFUSALS, 1.0)}).to_numpy(dtype=np.float32, na_value=np.nan)
    refusals: Mask = kinds.isin(REFUSALS).to_numpy(dtype=np.bool_)
    return weights, refusals


def times_of(table: pd.DataFrame, columns: Mapping[str, str]) -> Times:
    """Returns seconds, NaN where they cannot be read; 0 for all where there is no column of times."""
    if "time" not in columns:
        return np.zeros(len(table))
    given = table[columns["time"]]
    numbers = pd.to_numeric(given, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    if np.isnan(numbers).mean() < 0.5:
        read: Times = np.where(numbers > MILLISECONDS, numbers / 1000.0, numbers)
        return read
    dates = pd.to_datetime(given, errors="coerce", utc=True, format="mixed")
    seconds: Times = ((dates - EPOCH) / pd.Timedelta(seconds=1)).to_numpy(dtype=np.float64, na_value=np.nan)
    return seconds
