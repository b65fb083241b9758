"""Readers: a file in, checked records out. Only commands and workers import these."""
