"""A click on a card says which item and which verdict, whatever the id looks like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.votes import read_vote, vote_buttons
from bot.feedback import VERDICTS


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_any_id_survives_the_way_through_a_class(item: str) -> None:
    html = vote_buttons(item)
    code = html.split("tm-item-")[1].split('"')[0]
    assert code.isalnum()
    assert read_vote(f"up {code} 3") == ("up", item)
    assert all(f"tm-verdict-{verdict} " in html for verdict in VERDICTS)


@pytest.mark.parametrize("cast", ["", "up", "up zz 1", "up 6 1", "up ff 1", "a b c d"])
def test_what_the_script_never_writes_is_no_vote(cast: str) -> None:
    assert read_vote(cast) is None
