"""Where log lines go: warnings to standard error, unless the program that uses `bot` configured structlog itself."""

import logging
import sys

import structlog


def log_to_stderr(level: int = logging.WARNING) -> None:
    """Sends log lines of this level and above to standard error."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # looked up at each line: a program that runs this one may put another standard error in its place
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


def quiet_unless_configured() -> None:
    """Keeps a library's log off standard output; a program's own structlog configuration is left alone."""
    if not structlog.is_configured():
        log_to_stderr()
