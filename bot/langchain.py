"""Tastemaker inside LangChain: a retriever of items, a talk as a Runnable, and a tool for an agent.

retriever = ItemRetriever(recommender=recommender, count=10)
chain = TalkRunnable(recommender)          # chain.invoke("…", {"configurable": {"user": "alice", "talk": "1"}})
agent = create_agent(model, [recommend_tool(recommender)])
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.tools import BaseTool, StructuredTool
from pydantic import ConfigDict

from bot.conversation import Conversation
from bot.explanation import explain
from bot.folding import fold
from bot.learning import learn
from bot.own import limits_said
from bot.phrases import language_of, phrases
from bot.recommender import Recommender
from bot.replies import Reply, TextDelta
from bot.taste import Limited, Taste
from bot.understanding.types import Context
from bot.wishing import wish_of
from kg.items import Item
from retrieval.texts import item_text
from retrieval.wish import Limits


class ItemRetriever(BaseRetriever):
    """Finds the items that fit what a query says, its wishes and bans included; keeps nothing of it.

    A document's text is the item's facts; its metadata are `id`, `title`, `year`, `score` (0–1), `reason` and
    `evidence` (triples of names, true in the graph). Limits and bans said in the query always hold.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)
    recommender: Recommender
    count: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        parts = self.recommender.parts
        understanding = parts.understander.understand(query, Context())
        # without a talk nobody has been told anything yet: whatever is said is taken as a request
        understanding = replace(understanding, intent="recommend", intents=("recommend",))
        domain = parts.retriever.index.domain
        amounts = Limited(1, query, Limits(amounts=limits_said(query, domain, ())))
        taste = fold([*learn(understanding, query, 1, Taste(), ()), amounts])
        wish = replace(wish_of(taste, understanding, query), count=self.count)
        spoken = phrases(language_of(query), domain)
        documents = []
        for pick in parts.retriever.recommend(wish).items:
            reason = explain(pick.item, wish, parts, spoken)
            triples = [(fact.subject.name, fact.relation, fact.object.name) for fact in reason.evidence]
            documents.append(_document(pick.item, score=pick.score, reason=reason.text, evidence=triples))
        return documents


class TalkRunnable(Runnable[str, Reply]):
    """A talk: an utterance in, the whole `Reply` out; `stream` gives the pieces of its text as they come.

    The config names the talk: `{"configurable": {"user": "alice", "talk": "id"}}`. Without a talk every call is one of
    its own; without a user nothing of it is carried into another.
    """

    def __init__(self, recommender: Recommender) -> None:
        self._recommender = recommender

    def invoke(self, input: str, config: RunnableConfig | None = None, **_: Any) -> Reply:
        """Returns the reply; raises TastemakerError for what is no text."""
        return self._call_with_config(self._talk(config).say, input, config)

    async def ainvoke(self, input: str, config: RunnableConfig | None = None, **_: Any) -> Reply:
        """The asynchronous twin of `invoke`."""
        return await self._acall_with_config(self._talk(config).asay, input, config)

    def text(self) -> Runnable[str, str]:
        """Returns the same talk as a Runnable of plain text, streamed in pieces, to stand in a chain."""
        return _TalkText(self)

    def _talk(self, config: RunnableConfig | None) -> Conversation:
        named = (config or {}).get("configurable", {})
        return _conversation(self._recommender, named.get("user"), named.get("talk"))


class _TalkText(Runnable[str, str]):
    def __init__(self, talk: TalkRunnable) -> None:
        self._talk = talk

    def invoke(self, input: str, config: RunnableConfig | None = None, **_: Any) -> str:
        return self._talk.invoke(input, config).text

    async def ainvoke(self, input: str, config: RunnableConfig | None = None, **_: Any) -> str:
        return (await self._talk.ainvoke(input, config)).text

    def stream(self, input: str, config: RunnableConfig | None = None, **_: Any) -> Iterator[str]:
        for event in self._talk._talk(config).stream(input):
            if isinstance(event, TextDelta):
                yield event.text

    async def astream(self, input: str, config: RunnableConfig | None = None, **_: Any) -> AsyncIterator[str]:
        async for event in self._talk._talk(config).astream(input):
            if isinstance(event, TextDelta):
                yield event.text


def recommend_tool(recommender: Recommender, user: str | None = None, talk: str | None = None) -> BaseTool:
    """Returns a tool with which an agent asks for recommendations, in one talk that remembers what was said.

    Without a `user` nothing of it is carried into another talk: make a tool for each person whom the agent serves.
    It answers with the reply's text and gives the Recommendations as the artifact of the tool's message.
    """
    conversation = _conversation(recommender, user, talk)

    def recommend(utterance: str) -> tuple[str, tuple[Any, ...]]:
        reply = conversation.say(utterance)
        return reply.text, reply.recommendations

    async def arecommend(utterance: str) -> tuple[str, tuple[Any, ...]]:
        reply = await conversation.asay(utterance)
        return reply.text, reply.recommendations

    return StructuredTool.from_function(
        func=recommend,
        coroutine=arecommend,
        name="recommend",
        description=(
            "Recommends items of the catalogue with true reasons. Say in plain words, as the person would, what they "
            "like, dislike, have seen and want now; earlier words are remembered. Also answers questions about items."
        ),
        response_format="content_and_artifact",
    )


def _conversation(recommender: Recommender, user: str | None, talk: str | None) -> Conversation:
    """A talk; whoever has no name is a user of that talk only."""
    talk = talk or uuid4().hex
    return recommender.conversation(user or f"langchain-nobody-{uuid5(NAMESPACE_OID, talk).hex}", talk)


def _document(item: Item, **metadata: Any) -> Document:
    return Document(
        id=item.id,
        page_content=item_text(item),
        metadata={"id": item.id, "title": item.title, "year": item.year, **metadata},
    )
