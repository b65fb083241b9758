"""How events come in: staged in pieces, compared with what is current and written, in one transaction."""
