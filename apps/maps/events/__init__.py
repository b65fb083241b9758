"""Pages of events: indicators by area, and incidents told by two sources."""
