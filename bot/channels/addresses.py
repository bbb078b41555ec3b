"""The address that a server listens on, IPv4 and IPv6: whether it can be had, who reaches it, and how it is written."""

import errno
import ipaddress
import socket

from kg.errors import SettingsError

_HIGHEST = 65535
_NO_SUCH_HOST = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}


def listening_on(host: str, port: int) -> socket.socket:
    """Returns a socket that holds the port, for the caller to close.

    Raises SettingsError, which tells a taken port from one that needs rights and from a host that is none of this
    machine's.
    """
    bare = _bare(host)
    held = socket.socket(socket.AF_INET6 if ":" in bare else socket.AF_INET, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((bare, port))
    except (OSError, UnicodeError) as error:
        held.close()
        raise SettingsError(_why(host, port, error)) from error
    return held


def this_machine_only(host: str) -> bool:
    """Returns whether nobody but this machine's own programs reach what listens on the host."""
    try:
        return ipaddress.ip_address(_bare(host)).is_loopback
    except ValueError:
        return host == "localhost"


def in_address(host: str) -> str:
    """Returns the host as it is written before a port: IPv6 in brackets."""
    return f"[{_bare(host)}]" if ":" in host else host


def _bare(host: str) -> str:
    return host.removeprefix("[").removesuffix("]")


def _why(host: str, port: int, error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError | socket.gaierror) or error.errno in _NO_SUCH_HOST:
        return (
            f"This machine has no address {host} to listen on. "
            "Choose `--host 127.0.0.1` (this machine alone) or `--host 0.0.0.0` (every network it is in)."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} on {host} needs more rights than this program has. Choose one above 1023: `--port 8080`."
    other = port + 1 if port < _HIGHEST else port - 1
    return (
        f"Port {port} on {host} cannot be used ({error.strerror}). "
        f"Stop the program that has it, or choose another: `--port {other}`."
    )
