"""What a night costs in which nothing changed, at a site of which very much is held."""
