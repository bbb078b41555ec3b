"""What plain words beside a thing say of it; the things are in square brackets, what is told follows."""

import re

import pytest

from bot.understanding.reading import Span
from bot.understanding.rules.attitudes import told
from bot.understanding.types import MentionKind

ITEM, TASTE = "item", "genre"
CASES = (
    ("i love [horror]", TASTE, "like"),
    ("I really like [The Office], [Friends] and [Cheers]", ITEM, "like like like"),
    ("we did enjoy [Heat (1995)]", ITEM, "like"),
    ("loved [Heat], hated [Speed]", ITEM, "like dislike"),
    ("my favourite movies are [Heat] and [Ronin]", ITEM, "like like"),
    ("[Heat] is one of my favorites", ITEM, "like"),
    ("[Heat] was really great", ITEM, "like"),
    ("we saw [Heat] and we loved it", ITEM, "like"),
    ("total sucker for [heist] films", TASTE, "like"),
    ("[westerns] never get old", TASTE, "like"),
    ("j'adore [les westerns]", TASTE, "like"),
    ("not as good as [Heat]", ITEM, "like"),
    ("looking for a good [thriller] or [drama]", TASTE, "want want"),
    ("I'd prefer [fantasy]", TASTE, "want"),
    ("i'd like a [thriller]", TASTE, "want"),
    ("less [talking] more [explosions]", TASTE, "? want"),
    ("dont want [drama] want [explosions]", TASTE, "? want"),
    ("je déteste les [westerns]", TASTE, "dislike"),
    ("I'll definitely check out [Heat]", ITEM, "want"),
    ("i've been wanting to see [Heat]", ITEM, "want"),
    ("can't wait for [Dune]", ITEM, "want"),
    ("[Heat] and [Ronin] look good", ITEM, "want want"),
    ("nothing too [scary] or [gory]", TASTE, "avoid avoid"),
    ("not too [old], a good [mystery]", TASTE, "avoid ?"),
    ("I loved [Inception], something [newer] without [Tom Cruise]", "keyword", "like ? ?"),
    ("I hate [horror], any good [comedies]", TASTE, "dislike ?"),
    ("looking for a [thriller], something [scary]", TASTE, "want want"),
    ("I'd give [Scarface] 5 stars", ITEM, "like"),
    ("[Heat] was a solid 9/10", ITEM, "like"),
    ("[Heat] gets two stars", ITEM, "dislike"),
    ("[Cats], 1 out of 10", ITEM, "dislike"),
    ("I don't really like [horror]", TASTE, "dislike"),
    ("not a big fan of [Will Ferrell]", "person", "dislike"),
    ("so sick of [superheroes]", TASTE, "dislike"),
    ("couldn't finish [Heat]", ITEM, "dislike"),
    ("[Heat] was a slog", ITEM, "dislike"),
    ("[musicals] make my skin crawl", TASTE, "dislike"),
    ("rather watch paint dry than another [Transformers]", ITEM, "dislike"),
    ("I'd rather not see [Tom Cruise], but it's fine", "person", "avoid"),
    ("we'd prefer not to have any [gore]", "keyword", "avoid"),
    ("[Heat], not so much", ITEM, "dislike"),
    ("a [crime] film, aber nicht so [brutal]", TASTE, "? avoid"),
    ("haven't seen [Heat] yet", ITEM, "about"),
    ("never heard of [Heat] or [Ronin]", ITEM, "about about"),
    ("sounds a lot like [Heat]", ITEM, "about"),
    ("the one with the guy from [Heat]", ITEM, "about"),
    ("j'ai déjà vu [Amélie]", ITEM, "seen"),
)
SILENT = (
    ("[Heat]", ITEM),
    ("why do you think i like [horror]", TASTE),
    ("i never said i liked [Tom Cruise]", "person"),
    ("my wife hates [violence]", TASTE),
    ("it's not that i hate [westerns]", TASTE),
    ("haven't seen [Heat], I'll check it out", ITEM),
    ("[Heat] was too long but still great", ITEM),
    ("do i need [subtitles] for this", TASTE),
    ("is it like [Heat]", ITEM),
    ("did you see [Heat]", ITEM),
)


def marked(text: str, kind: MentionKind) -> tuple[str, list[Span]]:
    """The text without brackets, and the spans that were in them, with an attitude of which the reader is unsure."""
    spans, taken = [], 0
    for match in re.finditer(r"\[(.*?)\]", text):
        start = match.start() - taken
        spans.append(Span(start, start + len(match[1]), kind, "about", sure=0.5))
        taken += 2
    return re.sub(r"[\[\]]", "", text), spans


def read(text: str, kind: MentionKind, question: str = "") -> str:
    """What is told of each thing; "?" where nothing is."""
    return " ".join(span.attitude if span.sure == 1.0 else "?" for span in told(*marked(text, kind), question))


@pytest.mark.parametrize(("text", "kind", "attitudes"), CASES)
def test_plain_words_show_an_attitude(text: str, kind: MentionKind, attitudes: str) -> None:
    assert read(text, kind) == attitudes


@pytest.mark.parametrize(("text", "kind"), SILENT)
def test_what_is_denied_asked_or_of_others_is_left_to_the_readers(text: str, kind: MentionKind) -> None:
    assert read(text, kind) == "?"


@pytest.mark.parametrize(
    ("question", "text", "attitudes"),
    [
        ("Which film did you not enjoy lately?", "the new [Gladiator] and also [Wicked]", "dislike dislike"),
        ("Any films you hated?", "[Cats]", "dislike"),
        ("Anything you don't want tonight?", "[Cats]", "avoid"),
        ("Any films you hated?", "no, but I loved [Heat]", "like"),
        ("What do you like and not like?", "[Cats]", "?"),
        ("I don't like horror. What did you see last?", "[Cats]", "?"),
    ],
)
def test_a_bare_answer_means_what_was_asked_for(question: str, text: str, attitudes: str) -> None:
    assert read(text, "item", question) == attitudes


def test_a_long_list_shares_one_attitude() -> None:
    names = " and ".join(f"[Film {number}]" for number in range(200))
    assert set(read(f"i love {names}", "item").split()) == {"like"}
    assert set(read(f"{names} were great", "item").split()) == {"like"}
