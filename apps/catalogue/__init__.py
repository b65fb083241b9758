"""Which rows each declared layer serves, and to whom: one place for every door."""
