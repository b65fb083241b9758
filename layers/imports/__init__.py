"""Any file as checked rows: opened with care, columns matched, values typed, refusals given back."""
