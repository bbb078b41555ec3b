"""Training data and training runs of the small models."""
