"""Ways to draw a map: one file of this folder is one layout."""

SHARED = ("layout",)
