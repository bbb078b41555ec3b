"""What an offered relaxation would change of a taste, and a "yes" to it."""

import pytest

from bot.folding import changes, fold
from bot.relenting import offer, relent
from bot.taste import Forgot, Lifted, Limited, Offered, Preference, Preferred, Shown, Taste, TasteEvent
from retrieval.constraints import Relaxation
from retrieval.wish import AmountLimit, Limits, Wish

PAGES = AmountLimit("pages", most=330)


def ban(holder: str) -> Preference:
    return Preference("horror", "genre", "avoid", "genre:Horror", "no horror", 1, hard=True, holder=holder)


WANT = Preference("romcom", "genre", "want", "genre:Romance", "a romcom", 2, hard=True, also=("genre:Comedy",))
MINE = Taste((ban(""), WANT))


def relaxation(constraint: str, *entities: str, **changes: object) -> Relaxation:
    fields: dict[str, object] = {"limit": None, "frees": 3, "cost": 1.0, "wish": Wish(), **changes}
    return Relaxation(constraint, frozenset(entities), **fields)  # type: ignore[arg-type]


LATER = relaxation("year_max", limit=1965)


@pytest.mark.parametrize(
    ("offered", "change", "events"),
    [
        (LATER, Offered(3, Limits(year_max=1965)), [Limited(4, "yes", Limits(year_max=1965))]),
        (relaxation("runtime_min"), Offered(3, lifted=("runtime_min",)), [Lifted(4, ("runtime_min",))]),
        (relaxation("avoid", "genre:Horror"), Offered(3, keys=("genre:Horror",)), [Forgot(4, ("genre:Horror",))]),
        (relaxation("must", "genre:Comedy"), Offered(3, keys=("genre:Romance",)), [Forgot(4, ("genre:Romance",))]),
        (
            relaxation("amount", amount=PAGES),
            Offered(3, Limits(amounts=(PAGES,))),
            [Limited(4, "yes", Limits(amounts=(PAGES,)))],
        ),
        (
            relaxation("avoid", "genre:Horror", first=LATER),
            Offered(3, Limits(year_max=1965), keys=("genre:Horror",)),
            [Limited(4, "yes", Limits(year_max=1965)), Forgot(4, ("genre:Horror",))],
        ),
    ],
)
def test_a_yes_makes_what_was_offered_hold(offered: Relaxation, change: Offered, events: list[TasteEvent]) -> None:
    assert offer(offered, MINE, 3) == change
    assert relent(change, 4, "yes") == events


def test_an_offer_is_about_those_present_and_changes_nothing_by_itself() -> None:
    together = fold([Preferred(-1, ban("my wife")), Preferred(1, ban("")), Shown(1, ("a",))])
    change = offer(relaxation("avoid", "genre:Horror"), together.present, 2)
    assert change.keys == ("genre:Horror",)  # that of the wife, who is away, stays
    log = [Preferred(1, ban("")), change]
    assert fold(log) == fold(log[:1]) and changes(log) == (1,)
