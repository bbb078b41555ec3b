"""Measures entity linking on real talks: `python bench/linking.py --data DIR [--json OUT]`.

Link: the titles that ReDial's and INSPIRED's people mentioned, with their years, against the catalogue's item of that
title and year (give or take one); each is linked with the year, without it, in lower case, and with one letter slipped.
Spot: ReDial's messages with every `@id` written out as its title (as typed, and all in lower case): how many of the
item spots lie on a mention, how many of the mentions that the catalogue has are found.
"""

import argparse
import csv
import json
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.linking import Linker
from kg.linking.years import split_year
from kg.sources import default_catalogue
from kg.text import normalise_title

_MENTION = re.compile(r"@(\d+)")
_SEED = 7


def main() -> None:
    """Prints the figures as JSON and writes them where `--json` says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds redial/ and inspired/")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--messages", type=int, default=4000, help="how many of ReDial's messages to spot in")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    arguments = parser.parse_args()
    items = list(default_catalogue().items)
    started = time.perf_counter()
    linker = Linker(items)
    figures: dict[str, object] = {"build_seconds": round(time.perf_counter() - started, 2), "items": len(items)}
    truth = {(normalise_title(item.title), item.year): item.id for item in items}
    redial = arguments.data / "redial" / "valid.jsonl"
    inspired = arguments.data / "inspired" / "dev.tsv"
    if redial.exists():
        figures["redial"] = linked(linker, truth, Counter(redial_labels(redial)), arguments.show)
        messages = list(redial_messages(redial))[: arguments.messages]
        figures["redial_spot"] = spotted(linker, truth, messages, arguments.show)
        lowered = [(text.lower(), spans) for text, spans in messages]
        figures["redial_spot_lower_case"] = spotted(linker, truth, lowered, arguments.show)
    if inspired.exists():
        figures["inspired"] = linked(linker, truth, Counter(inspired_labels(inspired)), arguments.show)
    print(json.dumps(figures, indent=2))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")


def redial_labels(path: Path) -> Iterator[str]:
    """Yields `Title (year)` of every mention of every dialogue."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield from (" ".join(name.split()) for name in dict(json.loads(line)["movieMentions"]).values() if name)


def redial_messages(path: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Yields a message with its titles written out, and (start, end, label) of each."""
    for line in path.read_text(encoding="utf-8").splitlines():
        dialogue = json.loads(line)
        names = dict(dialogue["movieMentions"])
        for message in dialogue["messages"]:
            yield written_out(message["text"], names)


def written_out(text: str, names: dict[str, str]) -> tuple[str, list[tuple[int, int, str]]]:
    """Returns the text with `@id` replaced by titles (without years), and where they stand."""
    out, spans, end = "", [], 0
    for match in _MENTION.finditer(text):
        label = " ".join((names.get(match[1]) or "").split())
        title = split_year(label)[0]
        out += text[end : match.start()]
        spans.append((len(out), len(out) + len(title), label))
        out += title
        end = match.end()
    return out + text[end:], spans


def inspired_labels(path: Path) -> Iterator[str]:
    """Yields `Title (year)` of the `movies` column."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield from (label.strip() for label in (row["movies"] or "").split(";") if label.strip())


def linked(
    linker: Linker, truth: dict[tuple[str, int | None], str], labels: Counter[str], show: bool
) -> dict[str, float]:
    """Returns the share of mentions linked to the right item, however they are written, and what one link takes."""
    slips = random.Random(_SEED)
    known: list[tuple[str, int, str]] = []
    absent: list[tuple[str, int]] = []
    for label, count in labels.items():
        item = in_catalogue(truth, label)
        if item is not None:
            known.append((label, count, item))
        elif split_year(label)[1] is not None:
            absent.append((label, count))
    ways: dict[str, Callable[[str], str]] = {
        "with_year": str,
        "without_year": lambda label: split_year(label)[0],
        "lower_case": lambda label: split_year(label)[0].lower(),
        "slipped": lambda label: slipped(split_year(label)[0].lower(), slips),
    }
    figures: dict[str, float] = {"mentions": sum(labels.values()), "in_catalogue": sum(each[1] for each in known)}
    seconds: list[float] = []
    for way, write in ways.items():
        right = asked = 0
        for label, count, item in known:
            text = write(label)
            started = time.perf_counter()
            answer = linker.link(text, "item")
            seconds.append(time.perf_counter() - started)
            among = {answer.entity_id, *(rival for rival, _ in answer.rivals)}
            right += count * (answer.entity_id == item)
            asked += count * (answer.entity_id != item and item in among)
            if show and answer.entity_id != item:
                print(f"{way}: {text!r} is {label} ({item}), linked to {answer}")
        total = max(1, sum(each[1] for each in known))
        figures[way] = round(right / total, 4)
        figures[f"{way}_right_among_rivals"] = round(asked / total, 4)
    wrong = [(label, count) for label, count in absent if linker.link(label, "item").score >= 0.8]
    figures["absent"] = sum(count for _, count in absent)
    figures["absent_but_linked"] = sum(count for _, count in wrong)
    if show:
        print("absent but linked:", [(label, linker.link(label, "item").entity_id) for label, _ in wrong])
    figures["link_ms_p50"] = round(1000 * statistics.median(seconds), 3)
    figures["link_ms_p99"] = round(1000 * sorted(seconds)[int(0.99 * len(seconds))], 3)
    return figures


def spotted(
    linker: Linker,
    truth: dict[tuple[str, int | None], str],
    messages: list[tuple[str, list[tuple[int, int, str]]]],
    show: bool,
) -> dict[str, float]:
    """Returns precision and recall of the item spots against the written-out titles, and what one message takes."""
    found = wanted = on_title = spots = right = 0
    seconds: list[float] = []
    for text, spans in messages:
        started = time.perf_counter()
        items = [spot for spot in linker.spot(text) if spot.kind == "item"]
        seconds.append(time.perf_counter() - started)
        spots += len(items)
        for spot in items:
            lies_on = any(spot.start < end and start < spot.end for start, end, _ in spans)
            on_title += lies_on
            if show and not lies_on:
                print(f"false: {spot.text!r} in {text!r}")
        for start, end, label in spans:
            item = in_catalogue(truth, label)
            if item is None:
                continue
            wanted += 1
            hit = next((spot for spot in items if spot.start < end and start < spot.end), None)
            found += hit is not None
            right += hit is not None and item in (hit.entity_id, *(rival for rival, _ in hit.linked.rivals))
            if show and hit is None:
                print(f"missed: {label} in {text!r}")
            elif show and hit is not None and hit.entity_id != item:
                print(f"wrong: {label} taken for {hit.entity_id} ({hit.text!r}) in {text!r}")
    return {
        "messages": len(messages),
        "spots": spots,
        "precision": round(on_title / max(1, spots), 4),
        "recall": round(found / max(1, wanted), 4),
        "recall_right_item": round(right / max(1, wanted), 4),
        "spot_ms_p50": round(1000 * statistics.median(seconds), 3),
        "spot_ms_p99": round(1000 * sorted(seconds)[int(0.99 * len(seconds))], 3),
    }


def in_catalogue(truth: dict[tuple[str, int | None], str], label: str) -> str | None:
    """Returns the item of the label's title and year, or of the year before or after; None where there is none."""
    title, year = split_year(label)
    if year is None:
        return None
    key = normalise_title(title)
    return next((truth[key, near] for near in (year, year - 1, year + 1) if (key, near) in truth), None)


def slipped(text: str, random_: random.Random) -> str:
    """Returns the text with two neighbouring letters swapped, one dropped or one doubled, if it is long enough."""
    places = [place for place in range(1, len(text) - 1) if text[place].isalpha() and text[place + 1].isalpha()]
    if len(text) < 6 or not places:
        return text
    place = random_.choice(places)
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return random_.choice([swapped, text[:place] + text[place + 1 :], text[:place] + text[place] + text[place:]])


if __name__ == "__main__":
    main()
