"""A talk is told of the graph's absence once, whatever process takes its turns."""

from bot.moment import Draft
from bot.outage import noted
from bot.phrases import phrases
from bot.store import TurnRecord
from kg.catalogue import Catalogue
from kg.errors import GraphError
from kg.items import Fact
from kg.memory_graph import MemoryGraph
from kg.standby import StandbyGraph
from tests.graph_films import FILMS

DRAFT = Draft("chat", ("Hello.",))


class Flaky(MemoryGraph):
    """A graph that answers only while it is up."""

    up = True

    def facts(self, item_id: str) -> tuple[Fact, ...]:
        if not self.up:
            raise GraphError("away")
        return super().facts(item_id)


class Process:
    """What a bot process has of a graph that all share; each turn of the talk asks it for facts."""

    def __init__(self, shared: Flaky) -> None:
        self.graph = StandbyGraph(shared, Catalogue(FILMS), retry_after=0)

    def turn(self, talk: list[TurnRecord], *, asks: bool = True, language: str = "en") -> str:
        """Returns what the talk is told, and adds the turn to it."""
        if asks:
            self.graph.facts("alien")
        text = "".join(noted(DRAFT, talk, self.graph, phrases(language)).pieces)
        talk.append(TurnRecord(len(talk) + 1, "hello", text, "chat"))
        return text


def test_two_processes_tell_a_talk_once_each_way() -> None:
    shared, talk = Flaky(FILMS), list[TurnRecord]()
    one, two = Process(shared), Process(shared)
    assert one.turn(talk) == two.turn(talk) == "Hello."
    shared.up = False
    assert "does not answer" in one.turn(talk)
    assert two.turn(talk) == one.turn(talk) == "Hello."
    shared.up = True
    assert "is back" in two.turn(talk)
    assert one.turn(talk) == two.turn(talk) == "Hello."
    shared.up = False
    assert "does not answer" in two.turn(talk)


def test_a_process_that_has_not_asked_does_not_say_that_it_is_back() -> None:
    shared, talk = Flaky(FILMS), list[TurnRecord]()
    shared.up = False
    assert "does not answer" in Process(shared).turn(talk)
    assert Process(shared).turn(talk, asks=False) == "Hello."


def test_what_was_told_in_another_language_counts() -> None:
    shared, talk = Flaky(FILMS), list[TurnRecord]()
    shared.up = False
    assert phrases("zh").say("graph_away") in Process(shared).turn(talk, language="zh")
    assert Process(shared).turn(talk) == "Hello."
    shared.up = True
    assert "is back" in Process(shared).turn(talk, asks=False)
