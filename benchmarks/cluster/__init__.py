"""Workers as a benchmark starts them."""
