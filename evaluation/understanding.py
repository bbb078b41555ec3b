"""How well utterances are understood: the contract's figures, a confusion matrix, the worst rows, calibration."""

import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.understanding.types import Context, Turn, Understanding
from kg.errors import CatalogueError


class Understands(Protocol):
    """What is measured."""

    def understand(self, utterance: str, context: Context) -> Understanding:
        """Returns the meaning of an utterance."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled utterance."""

    utterance: str
    context: Context
    intent: tuple[str, ...]
    mentions: tuple[tuple[str, str, str], ...]
    constraints: Mapping[str, int]
    reference: int | None
    attribute: str | None
    critique: frozenset[str]

    @staticmethod
    def of(line: Mapping[str, Any]) -> "Row":
        """Returns the row of one JSON line; missing fields are empty. Raises KeyError without utterance or intent."""
        history = tuple(Turn(turn["role"], turn["text"]) for turn in line.get("history") or ())
        return Row(
            utterance=line["utterance"],
            context=Context(history, tuple(line.get("shown") or ())),
            intent=tuple(line["intent"]),
            mentions=tuple((m["text"], m["kind"], m["attitude"]) for m in line.get("mentions") or ()),
            constraints=dict(line.get("constraints") or {}),
            reference=line.get("reference"),
            attribute=line.get("attribute"),
            critique=frozenset(line.get("critique") or ()),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row beside what was understood, and how long that took."""

    row: Row
    got: Understanding
    seconds: float
    matched: tuple[tuple[str, str, str, str], ...]
    """text, kind, attitude wanted, attitude got"""

    @property
    def faults(self) -> list[str]:
        """What is wrong, in words."""
        row, got = self.row, self.got
        wrong = []
        if got.intent not in row.intent:
            wrong.append(f"intent {got.intent}, not {'/'.join(row.intent)}")
        found = {(text, kind) for text, kind, _, _ in self.matched}
        wrong += [f"missed {kind} “{text}”" for text, kind, _ in row.mentions if (key(text), kind) not in found]
        wrong += [f"invented {m.kind} “{m.text}”" for m in got.mentions if (key(m.text), m.kind) not in found]
        wrong += [f"“{text}” {have}, not {want}" for text, _, want, have in self.matched if want != have]
        pairs = (
            ("constraints", dict(row.constraints), got.constraints.stated()),
            ("reference", row.reference, got.reference),
            ("attribute", row.attribute, got.attribute),
            ("critique", sorted(row.critique), sorted(got.critique)),
        )
        return wrong + [f"{name} {_words(have)}, not {_words(want)}" for name, want, have in pairs if want != have]


@dataclass(frozen=True)
class Report:
    """The figures of one file, and the outcomes they were counted from."""

    metrics: Mapping[str, float | int]
    outcomes: Sequence[Outcome]
    confusion: Mapping[tuple[str, str], int]
    calibration: Sequence[tuple[float, float, int]] = field(default_factory=tuple)

    def json(self) -> str:
        """Returns the metrics as JSON."""
        return json.dumps(dict(self.metrics), indent=2)

    def worst(self, count: int = 40) -> list[Outcome]:
        """Returns the rows with the most faults."""
        return sorted((o for o in self.outcomes if o.faults), key=lambda o: -len(o.faults))[:count]


def _words(value: object) -> str:
    """Returns a label in words: "none", "newer, shorter", "year_min 1980"."""
    if isinstance(value, Mapping):
        value = [f"{name} {number}" for name, number in value.items()]
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return said if said not in ("", "None") else "none"


def key(text: str) -> str:
    """Returns the form in which mention texts are compared: no case, no year in brackets, one blank between words."""
    return " ".join(re.sub(r"\s*\((?:1[89]|20)\d\d\)\s*$", "", text).casefold().split())


def read_rows(file: Path) -> list[Row]:
    """Returns the rows of a file of JSON lines. Raises CatalogueError when it is missing or not in the layout."""
    try:
        lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
        return [Row.of(json.loads(line)) for line in lines]
    except OSError as error:
        raise CatalogueError(f"The file {file} cannot be read: {error.strerror}.") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"The file {file} is not in the layout of labelled utterances ({error!r}).") from error


def evaluate_understanding(file: Path, understander: Understands) -> Report:
    """Returns the report on a file of labelled utterances. Raises CatalogueError for a file that cannot be used."""
    return evaluate_rows(read_rows(file), understander)


def evaluate_rows(rows: Iterable[Row], understander: Understands) -> Report:
    """Returns the report on rows; each is understood once, one after another."""
    outcomes = [_outcome(row, understander) for row in rows]
    return Report(
        metrics=metrics(outcomes),
        outcomes=outcomes,
        confusion=Counter((o.row.intent[0], o.got.intent) for o in outcomes),
        calibration=calibration(outcomes),
    )


def _outcome(row: Row, understander: Understands) -> Outcome:
    started = time.perf_counter()
    got = understander.understand(row.utterance, row.context)
    seconds = time.perf_counter() - started
    wanted = {(key(text), kind): attitude for text, kind, attitude in row.mentions}
    have: dict[tuple[str, str], str] = {(key(m.text), m.kind): m.attitude for m in got.mentions}
    matched = tuple((text, kind, wanted[text, kind], have[text, kind]) for text, kind in wanted if (text, kind) in have)
    return Outcome(row, got, seconds, matched)


def metrics(outcomes: Sequence[Outcome]) -> dict[str, float | int]:
    """Returns the contract's figures and some beside them.

    `…_stated` counts the rows alone where the label or the answer has a value.
    """
    if not outcomes:
        return {"rows": 0}
    matched = sum(len(o.matched) for o in outcomes)
    wanted = sum(len({(key(t), k) for t, k, _ in o.row.mentions}) for o in outcomes)
    have = sum(len({(key(m.text), m.kind) for m in o.got.mentions}) for o in outcomes)
    loose_wanted = sum(len({key(t) for t, _, _ in o.row.mentions}) for o in outcomes)
    loose = sum(len({key(t) for t, _, _ in o.row.mentions} & {key(m.text) for m in o.got.mentions}) for o in outcomes)
    limits = [(dict(o.row.constraints), o.got.constraints.stated()) for o in outcomes]
    references = [(o.row.reference, o.got.reference) for o in outcomes]
    attributes = [(o.row.attribute, o.got.attribute) for o in outcomes]
    critiques = [(o.row.critique, frozenset(o.got.critique)) for o in outcomes]
    seconds = sorted(o.seconds for o in outcomes)
    figures: dict[str, float | int] = {
        "intent_accuracy": _mean(o.got.intent in o.row.intent for o in outcomes),
        "mention_f1": 2 * matched / (wanted + have) if wanted + have else 1.0,
        "attitude_accuracy": _mean(want == got for o in outcomes for _, _, want, got in o.matched),
        "constraint_accuracy": _mean(want == got for want, got in limits),
        "reference_accuracy": _mean(want == got for want, got in references),
        "p50_seconds": seconds[len(seconds) // 2],
        "p95_seconds": seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))],
        "rows": len(outcomes),
        "attribute_accuracy": _mean(want == got for want, got in attributes),
        "critique_accuracy": _mean(want == got for want, got in critiques),
        "constraint_accuracy_stated": _mean(want == got for want, got in limits if want or got),
        "reference_accuracy_stated": _mean(w == g for w, g in references if w is not None or g is not None),
        "attribute_accuracy_stated": _mean(w == g for w, g in attributes if w or g),
        "critique_accuracy_stated": _mean(w == g for w, g in critiques if w or g),
        "first_intent_accuracy": _mean(o.got.intent == o.row.intent[0] for o in outcomes),
        "mention_precision": matched / have if have else 1.0,
        "mention_recall": matched / wanted if wanted else 1.0,
        "span_recall": loose / loose_wanted if loose_wanted else 1.0,
        "faultless_rows": _mean(not o.faults for o in outcomes),
    }
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}


def calibration(outcomes: Sequence[Outcome], bins: int = 5) -> list[tuple[float, float, int]]:
    """Returns (mean confidence, share of right intents, rows) for rows ordered by confidence, in bins of equal size."""
    ordered = sorted(outcomes, key=lambda o: o.got.confidence)
    size = max(1, -(-len(ordered) // bins))
    groups = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    return [
        (
            round(sum(o.got.confidence for o in group) / len(group), 3),
            round(_mean(o.got.intent in o.row.intent for o in group), 3),
            len(group),
        )
        for group in groups
    ]


def _mean(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 1.0
