"""The common way from the rows of any table to events: which column is what, and what its cells mean."""
