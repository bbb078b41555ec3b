"""Where a server listens: every kind of address, and what is said of one that cannot be had."""

import socket
from collections.abc import Iterator

import pytest

from bot.channels.addresses import in_address, listening_on, this_machine_only
from kg.errors import SettingsError


@pytest.fixture(params=["127.0.0.1", "::1"])
def host(request: pytest.FixtureRequest) -> str:
    address: str = request.param
    if address == "::1" and not _has_ipv6():
        pytest.skip("this machine has no IPv6")
    return address


@pytest.fixture
def held(host: str) -> Iterator[socket.socket]:
    with listening_on(host, 0) as listening:
        yield listening


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def test_a_port_is_held_until_it_is_closed(host: str, held: socket.socket) -> None:
    port = held.getsockname()[1]
    held.listen()
    with pytest.raises(
        SettingsError, match=rf"Port {port} on {host} .*Stop the program that has it.*--port {port + 1}`"
    ):
        listening_on(host, port)
    held.close()
    listening_on(host, port).close()


def test_an_address_in_brackets_is_that_address() -> None:
    if _has_ipv6():
        with listening_on("[::1]", 0) as listening:
            assert listening.family == socket.AF_INET6
    assert (in_address("::1"), in_address("[::1]"), in_address("127.0.0.1")) == ("[::1]", "[::1]", "127.0.0.1")


@pytest.mark.parametrize("unknown", ["no-such-host.invalid", "192.0.2.1", "a" * 80, "x..y"])
def test_an_unknown_host_is_no_taken_port(unknown: str) -> None:
    with pytest.raises(SettingsError, match=r"no address .*--host 127\.0\.0\.1") as refused:
        listening_on(unknown, 0)
    assert "Stop the program" not in str(refused.value)


def test_the_port_after_the_highest_is_not_advised() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65535))
        taken.listen()
        with pytest.raises(SettingsError, match="--port 65534"):
            listening_on("127.0.0.1", 65535)


@pytest.mark.parametrize("local", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_who_reaches_a_loopback_address(local: str) -> None:
    assert this_machine_only(local)


@pytest.mark.parametrize("open_to_others", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_who_reaches_any_other_address(open_to_others: str) -> None:
    assert not this_machine_only(open_to_others)
