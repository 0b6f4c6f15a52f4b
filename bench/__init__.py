"""How fast Safarnama is, beside its peers, and how well it discovers; run as ``python -m bench``."""
