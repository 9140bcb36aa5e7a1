"""What workers gain, and how a benchmark starts them."""
