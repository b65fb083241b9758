"""What the counts of events show: trends, hot spots, diffusion, kinds of conflict, sources compared."""
