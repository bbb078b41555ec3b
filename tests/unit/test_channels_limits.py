"""Whatever a catalogue or a user writes, the messages made of it keep the limits of Slack and Discord."""

from hypothesis import given
from hypothesis import strategies as st

from bot import Explanation, Item, Recommendation, Reply, Understanding
from bot.channels import discord_embeds, slack_blocks
from bot.channels.slack_events import plain, said_in
from tests import discord_standin, slack_standin
from tests.slack_standin import BOT

_WORDS = st.text(alphabet=st.sampled_from("ab *_`~|<>&@\\\n😀"), max_size=40)
_LONG = st.builds(lambda text, times: text * times, _WORDS, st.integers(1, 200))


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    """A reply of any length with any number of cards of any text."""
    picks = [
        Recommendation(
            Item(str(n), draw(_LONG), draw(st.sampled_from([None, 1995])), directors=(draw(_LONG),), genres=("Drama",)),
            0.5,
            Explanation(draw(_LONG)),
        )
        for n in range(draw(st.integers(0, 12)))
    ]
    return Reply(draw(_LONG), "recommend", Understanding(), tuple(picks))


@given(replies())
def test_slack_takes_every_reply(reply: Reply) -> None:
    messages = slack_blocks.reply_messages(reply)
    for message in messages:
        assert message.blocks
        assert slack_standin.refused({"text": message.text, "blocks": list(message.blocks)}) is None
        assert "<" not in message.text and ">" not in message.text
    cards = [block for message in messages for block in message.blocks if block["type"] == "rich_text"]
    assert len(cards) == len(reply.recommendations)


@given(replies())
def test_discord_takes_every_reply(reply: Reply) -> None:
    messages = discord_embeds.reply_messages(reply)
    for message in messages:
        body = {"content": message.content, "embeds": [embed.to_dict() for embed in message.embeds]}
        assert discord_standin.refused(body) is None
    assert sum(len(message.embeds) for message in messages) == len(reply.recommendations)


def test_slack_text_is_read_as_it_was_typed() -> None:
    assert plain(f"<@{BOT}> Bonnie &amp; Clyde", BOT) == "Bonnie & Clyde"
    assert plain(f"like <https://x.test/a?b=1&amp;c|this one>, <@{BOT}|bot>", BOT) == "like this one,"
    assert plain("see <http://x.test> in <#C1|films> with <@U2>", BOT) == "see http://x.test in #films with @U2"
    assert plain("a &lt;b&gt; <!here>", BOT) == "a <b> here"


@given(st.text(max_size=80))
def test_any_slack_text_is_heard(text: str) -> None:
    body = slack_standin.event("1.1", text, channel="D1", channel_type="im")
    said = said_in(body, body["event"], BOT)
    assert said is not None and said.direct and said.key == ("T1", "D1", "1.1")
