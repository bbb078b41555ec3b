"""Catalogue sources: each reads one kind of data into clean items and accounts for what it changed."""

from kg.sources.base import CatalogueSource, Loaded, Report
from kg.sources.default import DefaultSource, default_catalogue, default_fingerprint

__all__ = ["CatalogueSource", "DefaultSource", "Loaded", "Report", "default_catalogue", "default_fingerprint"]
