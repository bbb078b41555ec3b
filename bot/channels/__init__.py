"""Faces: each turns reply events into its medium and holds no logic. Uses `bot` only."""
