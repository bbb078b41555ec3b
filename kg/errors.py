"""Every error a user can meet, as one tree:

TastemakerError
├── CatalogueError      the source of the catalogue is missing or cannot be read
├── ClusterError        the cluster that builds an index is away, or a worker of it failed
├── GraphError          the graph engine is away or refuses a query
├── IndexNotReadyError  no index has been built yet, or it is damaged
├── LeakError          a benchmark's answers reach what is measured
├── LockedError         another process holds the data folder
├── ModelError          the language model's file is missing, corrupt or does not answer
├── PromptError         a prompt file and the values given to it do not fit
├── SettingsError       an environment variable has a value that cannot be used
└── StoreError          conversations cannot be read or written (disk full, no rights)
"""


class TastemakerError(Exception):
    """The root. Its text is one or two sentences that say what happened and what the user can do."""


class CatalogueError(TastemakerError):
    """The source of the catalogue is missing or cannot be read."""


class ClusterError(TastemakerError):
    """The cluster that builds an index is away, or a worker of it failed."""


class GraphError(TastemakerError):
    """The graph engine is away or refuses a query."""


class IndexNotReadyError(TastemakerError):
    """No index has been built yet, or it is damaged."""


class LeakError(TastemakerError):
    """A benchmark's answers reach what is measured, so that its figures mean nothing."""


class LockedError(TastemakerError):
    """Another process holds the data folder."""


class ModelError(TastemakerError):
    """The language model's file is missing, corrupt or does not answer."""


class PromptError(TastemakerError):
    """A prompt file and the values given to it do not fit."""


class SettingsError(TastemakerError):
    """An environment variable has a value that cannot be used."""


class StoreError(TastemakerError):
    """Conversations cannot be read or written."""
