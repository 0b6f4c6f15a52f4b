"""One file a place: what its addresses answer. Templates draw them."""
