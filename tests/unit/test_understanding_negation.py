"""Strong refusals: which names a text bans."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

from dataclasses import replace

import pytest

from bot.understanding.negation import hardened
from bot.understanding.reading import Span
from bot.understanding.types import Attitude, Intent, MentionKind


def spans(text: str, *names: str, kind: MentionKind = "person", attitude: Attitude = "want") -> list[Span]:
    return [Span(text.index(name), text.index(name) + len(name), kind, attitude) for name in names]


def banned(text: str, *names: str, kind: MentionKind = "person", intent: Intent = "recommend") -> list[str]:
    found = hardened(text, spans(text, *names, kind=kind), (intent,))
    return [text[span.start : span.end] for span in found if span.attitude == "avoid"]


@pytest.mark.parametrize(("text", "names"), [
    ("nothing with Tom Cruise, under 2 hrs, 90s", ("Tom Cruise",)), ("Nothing with Tom Cruise ever again", ("Tom Cruise",)), ("can you skip anything starring Tom Cruise or Tom Hanks?", ("Tom Cruise", "Tom Hanks")),
    ("nothing by Woody Allen or Roman Polanski", ("Woody Allen", "Roman Polanski")), ("nothing with Will Smith or Kevin Hart, ok?", ("Will Smith", "Kevin Hart")),
    ("anything except Nicolas Cage, Adam Sandler and Rob Schneider", ("Nicolas Cage", "Adam Sandler", "Rob Schneider")), ("Tom Cruise is a dealbreaker", ("Tom Cruise",)), ("Tom Cruise is a total no-go", ("Tom Cruise",)),
    ("without Brad Pitt", ("Brad Pitt",)), ("no more films with the Brad Pitt", ("Brad Pitt",)), ("please avoid Brad Pitt", ("Brad Pitt",)), ("nichts mit Tom Cruise", ("Tom Cruise",)), ("ohne Tom Cruise", ("Tom Cruise",)),
    ("nada con Tom Cruise", ("Tom Cruise",)), ("sin Tom Cruise", ("Tom Cruise",)), ("sans Tom Cruise ni Brad Pitt", ("Tom Cruise", "Brad Pitt")), ("rien avec Tom Cruise", ("Tom Cruise",)),
])  # fmt: skip
def test_people_refused(text: str, names: tuple[str, ...]) -> None:
    assert banned(text, *names) == list(names)


@pytest.mark.parametrize(("text", "name", "kind"), [
    ("films that aren't in English", "English", "language"), ("nothing in English", "English", "language"), ("animated films are out", "animated", "genre"), ("horror is out for me", "horror", "genre"), ("pas d'horreur", "horreur", "genre"),
    ("pas de comédie", "comédie", "genre"), ("keine Komödien", "Komödien", "genre"), ("anything but Heat", "Heat", "item"), ("something which isn't a western", "western", "genre"),
])  # fmt: skip
def test_other_things_refused(text: str, name: str, kind: MentionKind) -> None:
    assert banned(text, name, kind=kind) == [name]


@pytest.mark.parametrize(("text", "names", "kind"), [
    ("I can't do without Tom Cruise", ("Tom Cruise",), "person"), ("don't skip Tom Cruise", ("Tom Cruise",), "person"), ("stop avoiding Tom Cruise", ("Tom Cruise",), "person"), ("forget that I said nothing with Tom Cruise", ("Tom Cruise",), "person"),
    ("something with Tom Cruise", ("Tom Cruise",), "person"), ("nothing beats Tom Cruise", ("Tom Cruise",), "person"), ("Dune is out", ("Dune",), "item"), ("nothing long. Tom Cruise is fine", ("Tom Cruise",), "person"),
])  # fmt: skip
def test_nothing_refused(text: str, names: tuple[str, ...], kind: MentionKind) -> None:
    assert banned(text, *names, kind=kind) == []


def test_a_wish_behind_a_comma_stays_one() -> None:
    assert banned("no more horror, comedy please", "horror", "comedy", kind="genre") == ["horror"]


@pytest.mark.parametrize(("text", "names", "attitudes"), [
    ("no horror, comedy please", ("horror", "comedy"), ["avoid", "want"]), ("no horror films, comedy instead", ("horror", "comedy"), ["avoid", "want"]),
    ("no drama, comedy or musical", ("drama", "comedy", "musical"), ["avoid", "avoid", "avoid"]), ("I can't do without horror", ("horror",), ["like"]), ("could never live without musicals", ("musicals",), ["like"]),
    ("I could do without horror", ("horror",), ["avoid"]),
])  # fmt: skip
def test_what_a_reader_took_for_refused(text: str, names: tuple[str, ...], attitudes: list[Attitude]) -> None:
    read = spans(text, *names, kind="genre", attitude="avoid")
    assert [span.attitude for span in hardened(text, read, ("recommend",))] == attitudes


def test_a_list_of_refused_things_goes_on_behind_a_noun() -> None:
    text = "no war films, westerns, or musicals"
    war, *others = spans(text, "war", "westerns", "musicals", kind="genre")
    refused = hardened(text, [replace(war, attitude="avoid"), replace(others[0], attitude="avoid"), others[1]], ())
    assert [span.attitude for span in refused] == ["avoid", "avoid", "avoid"]


def test_a_question_bans_nothing() -> None:
    assert banned("is there a film without Tom Cruise?", "Tom Cruise", intent="ask") == []


@pytest.mark.parametrize("attitude", ["dislike", "seen"])
def test_distaste_and_seen_stay(attitude: Attitude) -> None:
    text = "nothing with Tom Cruise"
    assert hardened(text, spans(text, "Tom Cruise", attitude=attitude), ("inform",))[0].attitude == attitude


def test_a_no_in_the_span_is_taken_off() -> None:
    text = "no Marx Brothers"
    (span,) = hardened(text, [Span(0, len(text), "person", "want")], ("inform",))
    assert (text[span.start : span.end], span.attitude) == ("Marx Brothers", "avoid")


@pytest.mark.parametrize(("text", "attitude"), [("pas d'horreur", "avoid"), ("j'aime l'horreur", "like")])
def test_a_french_article_in_the_span_is_taken_off(text: str, attitude: Attitude) -> None:
    (span,) = hardened(text, [Span(text.rindex(" ") + 1, len(text), "genre", "like")], ("inform",))
    assert (text[span.start : span.end], span.attitude) == ("horreur", attitude)


def test_a_title_keeps_its_no() -> None:
    text = "No Country for Old Men"
    (span,) = hardened(text, [Span(0, len(text), "item", "like")], ("inform",))
    assert (span.start, span.attitude) == (0, "like")
