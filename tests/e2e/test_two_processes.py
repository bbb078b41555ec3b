"""Two processes of `tastemaker serve` behind a load balancer, over a real PostgreSQL, Chroma and Neo4j: one talk."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from bot.store import Store
from bot.taste import Shown
from kg.away import RETRY_AFTER
from kg.engines import neo4j
from kg.loading import load_graph, open_engine, open_graph
from kg.sources import Loaded, default_catalogue
from retrieval.building import build_index
from retrieval.index import Places
from tests.balancer import Balancer
from tests.chroma import ChromaServer
from tests.e2e.conftest import ROOT, free_port
from tests.neo4j.server import PASSWORD, Neo4jServer
from tests.postgres.server import PostgresServer

KEPT_MODELS = ROOT / ".pytest_cache" / "home" / "models"


class BestKnown:
    """The films that most people know: enough to talk about, and quick to build."""

    name = "best-known films"

    def fingerprint(self) -> str:
        """Returns always the same: they do not change within a run."""
        return "best-known films"

    def load(self) -> Loaded:
        """Returns some hundreds of films."""
        loaded = default_catalogue()
        best = sorted(loaded.items, key=lambda item: -item.popularity)[:400]
        return Loaded(tuple(sorted(best, key=lambda item: item.id)), loaded.report, loaded.domain)


class Bot:
    """One process of `tastemaker serve`."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = free_port()
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the process; see `wait`."""
        command = [sys.executable, str(ROOT / "app.py"), "serve", "--port", str(self.port)]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, env=self._environment, stdout=quiet, stderr=quiet)

    def wait(self) -> None:
        """Returns when it is ready."""
        end = time.monotonic() + 300
        while time.monotonic() < end:
            assert self._process is not None and self._process.poll() is None, "the bot ended"
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/health", timeout=10).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.5)
        raise AssertionError("the bot was not ready in time")

    def kill(self) -> None:
        """Ends it at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@dataclass
class Cluster:
    """What the tests talk to, and what is kept behind it."""

    balancer: Balancer
    bots: tuple[Bot, Bot]
    database: str
    graph: Neo4jServer

    def say(self, utterance: str, talk: str, user: str) -> dict[str, Any]:
        """Returns what Tastemaker says of its answer: act, turn, recommendations, with the text."""
        answer = httpx.post(
            f"{self.balancer.url}/v1/chat/completions",
            json=self.body([{"role": "user", "content": utterance}], user),
            headers={"X-Conversation-Id": talk},
            timeout=120,
        )
        assert answer.status_code == 200, answer.text
        found = answer.json()
        return {**found["tastemaker"], "text": found["choices"][0]["message"]["content"]}

    def body(self, messages: list[dict[str, str]], user: str, **more: Any) -> dict[str, Any]:
        """Returns a request."""
        return {"model": "tastemaker", "messages": messages, "user": user, **more}

    def kept(self, user: str) -> tuple[list[int], list[str], list[tuple[int, str]]]:
        """Returns the numbers and the utterances of the user's one talk, and (turn, item) of all that was shown."""
        store = Store(self.database)
        [talk] = store.talks(f"http:{user}")
        turns = store.turns(talk)
        events = [logged.event for logged in store.events(f"http:{user}")]
        store.close()
        shown = [(event.turn, item) for event in events if isinstance(event, Shown) for item in event.items]
        return [turn.number for turn in turns], [turn.utterance for turn in turns], shown


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory,
    postgres: PostgresServer,
    chroma_server: ChromaServer,
    neo4j_server: Neo4jServer,
) -> Iterator[Cluster]:
    home, database = tmp_path_factory.mktemp("shared"), postgres.fresh()
    if KEPT_MODELS.is_dir():
        shutil.copytree(KEPT_MODELS, home / "models")
    graph = neo4j_server.settings
    folder = build_index(home, BestKnown(), places=Places(chroma_server.url, graph))
    assert not (folder / "graph").exists()
    warm(neo4j_server)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TASTEMAKER_HOME": str(home),
        "DATABASE_URL": database,
        "CHROMA_URL": chroma_server.url,
        "NEO4J_URI": graph.uri,
        "NEO4J_USER": graph.user,
        "NEO4J_PASSWORD": PASSWORD,
        "OMP_NUM_THREADS": "1",
    }
    bots = Bot(environment), Bot(environment)
    try:
        for bot in bots:
            bot.start()
        for bot in bots:
            bot.wait()
        with Balancer([bot.port for bot in bots]) as balancer:
            yield Cluster(balancer, bots, database, neo4j_server)
    finally:
        for bot in bots:
            bot.kill()
        if neo4j_server.pid is None:
            neo4j_server.start()
        with closing(open_engine(graph, writing=True)) as engine:
            load_graph(engine, ())


def warm(server: Neo4jServer) -> None:
    """Asks the graph everything once. A server that has just started plans each query when it first sees it; on a
    machine that tests keep busy this may take longer than the bot waits.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neo4j, "READ_WITHIN", 120.0)
        with closing(open_graph(server.settings)) as graph:
            graph.neighbours(["none"])
            graph.items_with(["none"])
            graph.connections("none", "none")
            graph.together("none", "none")
            graph.works_of("none")


def items(said: dict[str, Any]) -> set[str]:
    return {recommendation["item"]["id"] for recommendation in said["recommendations"] or ()}


def test_each_goes_on_with_what_the_other_was_told(cluster: Cluster) -> None:
    first = cluster.say("I hate horror movies", "t1", "ann")
    second = cluster.say("recommend me a thriller", "t1", "ann")
    third = cluster.say("something else", "t1", "ann")
    assert len(set(cluster.balancer.served[-3:])) == 2
    assert [said["turn"] for said in (first, second, third)] == [1, 2, 3]
    shown = [item for said in (first, second, third) for item in items(said)]
    assert items(second) and items(third) and len(shown) == len(set(shown))
    assert "horror" in cluster.say("what do you know about me?", "t1", "ann")["text"].lower()
    assert cluster.kept("ann")[0] == [1, 2, 3, 4]


def test_a_client_without_ids_finds_its_talk_in_the_other_process(cluster: Cluster) -> None:
    messages = [{"role": "user", "content": "recommend me a western"}]
    talks, served = [], []
    for utterance in ("something newer", "and another"):
        answer = httpx.post(
            f"{cluster.balancer.url}/v1/chat/completions", json=cluster.body(messages, "eve"), timeout=120
        ).json()
        talks.append(answer["tastemaker"]["conversation"])
        served.append(cluster.balancer.served[-1])
        messages += [answer["choices"][0]["message"], {"role": "user", "content": utterance}]
    assert talks[0] == talks[1] and served[0] != served[1]
    assert cluster.kept("eve")[0] == [1, 2]


def test_turns_of_one_talk_that_come_to_both_at_once(cluster: Cluster) -> None:
    said = [f"recommend me a drama, number {number}" for number in range(6)]
    with ThreadPoolExecutor(len(said)) as pool:
        answers = list(pool.map(lambda utterance: cluster.say(utterance, "t2", "bob"), said))
    numbers, utterances, shown = cluster.kept("bob")
    assert numbers == list(range(1, 7)) == sorted(answer["turn"] for answer in answers)
    assert sorted(utterances) == sorted(said)
    assert len(shown) == len({item for _, item in shown}) >= 6


def test_one_is_killed_in_the_middle_of_a_turn(cluster: Cluster) -> None:
    cluster.say("I hate horror movies", "t3", "cat")
    before = cluster.say("recommend me a thriller", "t3", "cat")
    messages = [{"role": "user", "content": "something else"}]
    with (
        pytest.raises(httpx.HTTPError),
        httpx.stream(
            "POST",
            f"{cluster.balancer.url}/v1/chat/completions",
            json=cluster.body(messages, "cat", stream=True),
            headers={"X-Conversation-Id": "t3"},
            timeout=120,
        ) as answer,
    ):
        lines = answer.iter_lines()
        next(lines)  # the answer has begun
        victim = next(bot for bot in cluster.bots if bot.port == cluster.balancer.served[-1])
        victim.kill()
        list(lines)
    after = cluster.say("something else", "t3", "cat")
    known = cluster.say("what do you know about me?", "t3", "cat")
    assert victim.port not in cluster.balancer.served[-2:]
    assert items(after) and not items(after) & items(before)
    assert "horror" in known["text"].lower()
    victim.start()
    victim.wait()
    again = [cluster.say("something else", "t3", "cat") for _ in range(2)]
    assert victim.port in cluster.balancer.served[-2:]
    assert all(items(said) for said in again)
    numbers, utterances, shown = cluster.kept("cat")
    # the turn that was cut is kept whole, with what it showed, or not at all: its client says it once more
    assert len(utterances) in (6, 7) and numbers == list(range(1, len(utterances) + 1))
    assert utterances[:2] == ["I hate horror movies", "recommend me a thriller"]
    assert len(shown) == len({item for _, item in shown}) and {turn for turn, _ in shown} <= set(numbers)


def test_both_go_on_without_the_graph_and_take_it_up_again(cluster: Cluster) -> None:
    def like(film: str) -> dict[str, Any]:
        return cluster.say(f"I loved {film}, recommend me something like it", "t4", "dan")

    first = like("Alien")
    assert items(first) and "graph" not in first["text"]
    cluster.graph.kill()
    # films that the graph was not asked about before; the talk is told once, whichever process speaks
    without = [like("Titanic"), like("Gladiator")]
    assert len(set(cluster.balancer.served[-2:])) == 2
    assert all(items(said) for said in without)
    assert ["graph does not answer" in said["text"] for said in without] == [True, False], without
    cluster.graph.start()
    warm(cluster.graph)
    back = []
    for film in (
        "Jaws",
        "Fargo",
        "Heat",
        "Inception",
        "The Matrix",
    ):  # a busy server may answer late
        time.sleep(RETRY_AFTER)
        back.append(like(film))
        if "graph is back" in back[-1]["text"]:
            break
    assert all(items(said) for said in back)
    assert "graph is back" in back[-1]["text"], back
    assert "graph is back" not in like("Aliens")["text"]
    assert cluster.kept("dan")[0] == list(range(1, 5 + len(back)))
