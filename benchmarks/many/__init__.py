"""Many sites that one command crawls side by side on one machine."""
