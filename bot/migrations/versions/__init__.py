"""One revision a file, each building on the one before."""
