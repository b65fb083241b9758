"""The database role that questions are asked as: it reads what layers serve, and nothing else."""
