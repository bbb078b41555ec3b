"""Tastemaker as LangChain parts, used the way LangChain's users do."""

from langchain_core.messages import ToolCall, ToolMessage
from langchain_core.runnables import RunnableConfig, RunnableLambda

from bot import Recommendation, Recommender
from bot.langchain import ItemRetriever, TalkRunnable, recommend_tool


def _config(talk: str) -> RunnableConfig:
    return {"configurable": {"user": "chain", "talk": talk}}


def test_the_retriever_gives_items_that_keep_what_the_query_says(recommender: Recommender) -> None:
    retriever = ItemRetriever(recommender=recommender, count=7)
    documents = retriever.invoke("a heist film from the 90s, nothing with Tom Cruise")
    assert len(documents) == 7
    for document in documents:
        item = recommender.catalogue.get(document.metadata["id"])
        assert item and document.id == item.id and item.title in document.page_content
        assert item.year and 1990 <= item.year <= 1999
        assert "Tom Cruise" not in item.cast
        assert 0 <= document.metadata["score"] <= 1
        assert document.metadata["reason"] and document.metadata["evidence"]


async def test_the_retriever_answers_asynchronously_and_keeps_nothing(recommender: Recommender) -> None:
    retriever = ItemRetriever(recommender=recommender)
    loved, plain = await retriever.abatch(["I loved Alien", "a romantic comedy"])
    assert loved and plain
    assert [d.id for d in plain] == [d.id for d in retriever.invoke("a romantic comedy")]


def test_a_talk_in_a_chain_remembers_what_was_said(recommender: Recommender) -> None:
    talk = TalkRunnable(recommender)
    first = talk.invoke("I loved Heat. Something without Al Pacino?", _config("chain-1"))
    assert first.act == "recommend"
    again = talk.invoke("more", _config("chain-1"))
    assert again.turn == 2
    assert not {r.item.id for r in first.recommendations} & {r.item.id for r in again.recommendations}
    assert not [r for r in again.recommendations if "Al Pacino" in r.item.cast]
    chain = RunnableLambda(lambda text: f"hello {text}") | talk.text()
    assert "".join(chain.stream("there", _config("chain-2")))


async def test_the_text_of_a_talk_streams(recommender: Recommender) -> None:
    text = TalkRunnable(recommender).text()
    pieces = [piece async for piece in text.astream("a western", _config("chain-3"))]
    assert len(pieces) > 1
    assert await text.ainvoke("thanks", _config("chain-3"))


def test_an_agent_calls_the_tool(recommender: Recommender) -> None:
    tool = recommend_tool(recommender, user="agent")
    assert set(tool.args) == {"utterance"} and tool.description
    call: ToolCall = {"name": "recommend", "args": {"utterance": "a western"}, "id": "1", "type": "tool_call"}
    message = tool.invoke(call)
    assert isinstance(message, ToolMessage) and message.content
    assert message.artifact and all(isinstance(found, Recommendation) for found in message.artifact)
    assert all("Western" in found.item.genres for found in message.artifact)
