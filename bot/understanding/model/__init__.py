"""The language model as a reader of utterances: the tuned small one by compact lines, larger ones by a JSON schema."""

from bot.understanding.model.schema_reader import SchemaReader
from bot.understanding.model.small_reader import ADAPTER, LANE, SmallReader

__all__ = ["ADAPTER", "LANE", "SchemaReader", "SmallReader"]
