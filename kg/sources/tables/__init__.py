"""Anyone's table as a catalogue: read (`reading`), mapped (`mapping`, `guessing`), validated row by row (`rows`)."""

from kg.sources.tables.guessing import guess
from kg.sources.tables.mapping import Mapping, read_mapping, write_mapping
from kg.sources.tables.reading import RawTable, read_table
from kg.sources.tables.rows import Rejected, Taken, take

__all__ = ["Mapping", "RawTable", "Rejected", "Taken", "guess", "read_mapping", "read_table", "take", "write_mapping"]
