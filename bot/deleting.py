"""Deleting for good what is kept of somebody: asked for in words, and agreed to or not a turn later. Pure."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from typing import Literal

from bot.store import TurnRecord
from bot.supposing import agrees

Deletion = Literal["asked", "agreed", "declined"]

_ASKS = re.compile(
    r"^(?!.*\b(?:don['’]?t|do not|never|did)\b)\W*(?:[\w'’]+\W+){0,6}?(?:delete|erase|wipe|purge|destroy|remove)\b(?: out)? "
    r"(?:(?:all|everything|anything|whatever|what)(?: of)?(?: the things| the data| what)?(?: that)? (?:you(?:['’]ve| have)? (?:ever )?(?:know|knew|have|got|keep|kept|store|stored|remember|remembered|save|saved|learnt|learned|hold|collected|noted)\b(?: \w+){0,2}? )?(?:about|on|of) me\b"
    r"|(?:all (?:of )?|everything in )?my (?:personal |private |user |own )?(?:data|information|account|records?|personal details)\b)"
    r"|(?:删除|删掉|清除|清空|抹掉|销毁).{0,4}(?:你(?:所)?(?:知道|了解|记得|记住|保存|存).{0,4}(?:关于)?我|关于我的?(?:一切|所有|全部)|我的?(?:所有|全部|一切)?的?(?:个人)?(?:数据|资料|信息|记录))"
    r"|把(?:你(?:所)?(?:知道|了解|记得|保存)的)?(?:关于)?我的?(?:一切|所有|全部)?的?(?:个人)?(?:数据|资料|信息|记录|一切|东西)?(?:都|全部|全)?(?:删|清除|清空|抹)",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"^\W*(?:(?:yes|yep|yeah|sure|ok|okay|please|i am sure|i['’]m sure),?\s*)*(?:(?:delete|erase|wipe|remove)(?: (?:it|that|them|everything|all|all of it))?|i am sure|i['’]m sure|yes)(?:,? (?:now|please))?\W*$|^\W*(?:是的?|对|确认|确定|删吧|删除|删掉)\W*$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:(?:no|nope|nah|wait),?\s*)*(?:no|nope|nah|wait|(?:don['’]?t|do not)(?: (?:do|delete|erase))?(?: (?:it|that|this|anything))?|cancel(?: (?:it|that))?|stop|never ?mind|keep (?:it|them|that|everything|all of it)|better not|rather not)(?:,? (?:thanks|thank you|please))?\W*$|^\W*(?:不|不要|不用|别|别删|不删|算了|取消)了?\W*$",
    re.IGNORECASE,
)


def asks_deletion(utterance: str) -> bool:
    """Returns whether it is asked to delete what is kept, not only to go by it no more: "delete all my data"."""
    return bool(_ASKS.search(utterance))


def deletion(utterance: str, last: TurnRecord | None) -> Deletion | None:
    """Returns what an utterance after the last turn does about a deletion: asks for one, agrees to it, or says no."""
    if last and last.act == "ask" and asks_deletion(last.utterance):
        if agrees(utterance) or _SURE.match(utterance) or asks_deletion(utterance):
            return "agreed"
        if _NO.match(utterance):
            return "declined"
    return "asked" if asks_deletion(utterance) else None
