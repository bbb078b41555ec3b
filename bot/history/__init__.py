"""Watch histories from elsewhere: read a file, match its films to the catalogue, keep them as taste events."""

from bot.history.importing import Imported, import_history
from bot.history.preferences import Report, preferences_of
from bot.history.reading import read_history
from bot.history.types import BadRow, History, HistoryError, Watched

__all__ = [
    "BadRow",
    "History",
    "HistoryError",
    "Imported",
    "Report",
    "Watched",
    "import_history",
    "preferences_of",
    "read_history",
]
