"""How the cost of questions grows with the archive."""
