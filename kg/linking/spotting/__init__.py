"""Finding mentions in a raw utterance without a model, and without seeing films in ordinary sentences."""

from kg.linking.spotting.spotter import Spotter

__all__ = ["Spotter"]
