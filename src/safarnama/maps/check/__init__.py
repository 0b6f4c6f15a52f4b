"""Is the map well made, and is it true? Rules that go over a map and say what is missing, why it matters, what to do."""
