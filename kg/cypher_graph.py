"""The knowledge graph on an engine, by the Cypher files of `kg/queries`: for threads, and for an event loop."""

import asyncio
from collections.abc import Sequence

from kg import questions
from kg.engines.base import AsyncGraphEngine, GraphEngine
from kg.graph import Related
from kg.items import Fact
from kg.questions import Answer, Query, Question, Rows


class CypherGraph:
    """Implements `kg.graph.KnowledgeGraph`."""

    away = False  # it raises instead; `StandbyGraph` knows

    def __init__(self, engine: GraphEngine) -> None:
        self._engine = engine

    def facts(self, item_id: str) -> tuple[Fact, ...]:
        """Returns the item's edges, relation by relation in the item's own order, then its numbers."""
        return self._ask(questions.facts(item_id))

    def holds(self, fact: Fact) -> bool:
        """Returns whether the subject has this fact; names do not count."""
        return self._ask(questions.holds(fact))

    def items_with(self, entity_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns the items; the weight is the number of these entities that an item has."""
        return self._ask(questions.items_with(entity_ids, limit))

    def neighbours(self, item_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns the neighbours. A shared entity counts once for each given item that has it; hubs do not count."""
        return self._ask(questions.neighbours(item_ids, limit))

    def connections(self, item_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the item's edges whose object the other item has by any edge; equal numbers connect nothing."""
        return self._ask(questions.connections(item_id, other_id))

    def works_of(self, person_id: str) -> tuple[Fact, ...]:
        """Returns `item relation person`, the most popular item first; () for an unknown person."""
        return self._ask(questions.works_of(person_id))

    def together(self, person_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the works of the one and of the other among the items that join both."""
        return self._ask(questions.together(person_id, other_id))

    def close(self) -> None:
        """Frees the engine; a second call does nothing."""
        self._engine.close()

    def _ask(self, question: Question[Answer]) -> Answer:
        try:
            queries = next(question)
            while True:
                queries = question.send([self._engine.read(query.name, **query.parameters) for query in queries])
        except StopIteration as end:
            answer: Answer = end.value
            return answer


class AsyncCypherGraph:
    """The same questions and answers as `CypherGraph`'s, awaited; the queries of one question run at the same time."""

    def __init__(self, engine: AsyncGraphEngine) -> None:
        self._engine = engine

    async def facts(self, item_id: str) -> tuple[Fact, ...]:
        """Returns the item's edges, relation by relation in the item's own order, then its numbers."""
        return await self._ask(questions.facts(item_id))

    async def holds(self, fact: Fact) -> bool:
        """Returns whether the subject has this fact; names do not count."""
        return await self._ask(questions.holds(fact))

    async def items_with(self, entity_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns the items; the weight is the number of these entities that an item has."""
        return await self._ask(questions.items_with(entity_ids, limit))

    async def neighbours(self, item_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns the neighbours. A shared entity counts once for each given item that has it; hubs do not count."""
        return await self._ask(questions.neighbours(item_ids, limit))

    async def connections(self, item_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the item's edges whose object the other item has by any edge; equal numbers connect nothing."""
        return await self._ask(questions.connections(item_id, other_id))

    async def works_of(self, person_id: str) -> tuple[Fact, ...]:
        """Returns `item relation person`, the most popular item first; () for an unknown person."""
        return await self._ask(questions.works_of(person_id))

    async def together(self, person_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the works of the one and of the other among the items that join both."""
        return await self._ask(questions.together(person_id, other_id))

    async def close(self) -> None:
        """Frees the engine; a second call does nothing."""
        await self._engine.close()

    async def _ask(self, question: Question[Answer]) -> Answer:
        try:
            queries = next(question)
            while True:
                queries = question.send(await self._rows(queries))
        except StopIteration as end:
            answer: Answer = end.value
            return answer

    async def _rows(self, queries: Sequence[Query]) -> list[Rows]:
        """Waits for all of them, so that none is left running when one fails."""
        asked = (self._engine.read(query.name, **query.parameters) for query in queries)
        found = await asyncio.gather(*asked, return_exceptions=True)
        rows = []
        for each in found:
            if isinstance(each, BaseException):
                raise each
            rows.append(each)
        return rows
