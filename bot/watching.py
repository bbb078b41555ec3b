"""Logs what a person was shown, under which odds, and what they did with it; and what a shadow would have shown."""

from collections.abc import Sequence

import structlog

from bot.feedback import Judged, Listed, Shadowed, UseEvent, agreement, judged_in
from bot.feedback_log import UseLog
from bot.moment import Draft, Moment
from bot.parts import Parts
from kg.errors import TastemakerError

_log = structlog.get_logger(__name__)


class Watch:
    """The use of one talk. Nothing here may cost a person their answer: what cannot be logged is passed over."""

    def __init__(self, log: UseLog, parts: Parts, user: str, talk: str) -> None:
        self._log, self._parts, self._user, self._talk = log, parts, user, talk

    def turn(self, moment: Moment, draft: Draft) -> None:
        """Logs the verdicts of a turn on what was shown before, the list that it shows, and the shadow's."""
        events: list[UseEvent] = [*judged_in(moment.learnt, moment.before.shown, moment.number)]
        if draft.listing:
            listing = draft.listing
            items = tuple(pick.item.id for pick in draft.recommendations)
            events.append(Listed(moment.number, listing.wish, items, listing.propensities, self._parts.model))
            events += self._shadowed(moment, draft, items)
        self._append(events)

    def judged(self, judged: Judged) -> None:
        """Logs a verdict that was given by a button."""
        self._append([judged])

    def _shadowed(self, moment: Moment, draft: Draft, shown: Sequence[str]) -> list[Shadowed]:
        shadow, listing = self._parts.shadow, draft.listing
        if shadow is None or listing is None:
            return []
        try:
            ranked = shadow.retriever.recommend(listing.wish)
        except TastemakerError as error:
            _log.warning("shadow failed", model=shadow.name, error=type(error).__name__)
            return []
        items = tuple(pick.item.id for pick in ranked.items)
        share = agreement(shown, items)
        _log.info("shadow", model=shadow.name, agreement=round(share, 2))
        return [Shadowed(moment.number, shadow.name, items, share)]

    def _append(self, events: Sequence[UseEvent]) -> None:
        try:
            self._log.append(self._talk, self._user, events)
        except TastemakerError as error:
            _log.warning("use not logged", error=type(error).__name__)
