"""How long one, two and four workers take for the same sites, each of them polite."""
