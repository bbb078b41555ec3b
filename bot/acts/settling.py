"""How a list for several people came about, in words: by whom it goes, and what one of them did not get."""

from bot.acts.confirm import name_of
from bot.moment import Moment
from bot.parts import Parts
from bot.people.reasons import called
from bot.people.voices import Party, settled, voices_of
from retrieval.together import least_misery


def settlement(party: Party, moment: Moment, parts: Parts) -> tuple[str, ...]:
    """Returns sentences about the list: its rule when that is new, and what has just been left out or split."""
    phrases = moment.phrases
    said = []
    everyone = [voice.holder for voice in party.voices]
    if len(everyone) > 1 and _rule_before(moment, parts) != (everyone, party.combine):
        key = "party_misery" if party.combine is least_misery else "party_average"
        said.append(phrases.say(key, who=phrases.join([called(holder, phrases) for holder in everyone])))
    for clash in party.clashes:
        if moment.number in (clash.preference.turn, *_turns_of(clash.liker, clash.preference.entity, moment)):
            names = name_of(clash.preference, parts, phrases)
            liker, hater = called(clash.liker, phrases), called(clash.hater, phrases)
            said.append(phrases.say("party_clash", names=names, liker=liker, hater=hater))
    if party.either:
        said.append(phrases.say("party_either"))
    return tuple(said)


def _rule_before(moment: Moment, parts: Parts) -> tuple[list[str], object] | None:
    voices = voices_of(moment.before, (), moment.wish)
    if not voices or not moment.before.shown:
        return None
    before = settled(voices, moment.wish, parts.retriever.index.columns)
    return [voice.holder for voice in before.voices], before.combine


def _turns_of(holder: str, entity: str | None, moment: Moment) -> list[int]:
    """The turns in which somebody said that they like the thing."""
    return [p.turn for p in moment.taste.of_holders(holder).preferences if p.entity == entity]
