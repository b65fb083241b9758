"""Any file a data keeper picks: read, matched, tried, shown as a difference, then loaded at once."""
