"""Relations of shapes and kilometres between features."""
