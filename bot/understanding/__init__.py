"""From an utterance to its meaning."""
