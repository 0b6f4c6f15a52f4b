"""Our answers beside those of others, on the same log: ``python -m oracles [LOG …]``."""
