"""Tables that anyone may upload: one value an area, by P-code or by name."""
