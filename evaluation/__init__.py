"""Benchmarks: understanding, recommendation, conversations, latency. Uses `bot`; nothing but `app.py` uses it."""
