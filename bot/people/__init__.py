"""Several people in one talk: who holds a taste, how that is heard, and how suggestions please them all."""
