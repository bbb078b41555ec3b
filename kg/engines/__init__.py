"""Graph engines: where the graph lives and how a query file is run there. Imports are left to the caller: they cost."""
