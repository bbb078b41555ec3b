"""Reasons in the language model's words: shapes, the check, the pool, and who writes."""
