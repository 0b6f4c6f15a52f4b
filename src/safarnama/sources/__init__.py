"""Where rows come from: one file of this folder is one source."""

# Modules that the sources share; everything else in this folder is a source.
SHARED = ("source", "importing")
