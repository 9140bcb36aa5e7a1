"""Comparing two contents of an article. Pure: what a reader of Chinese would mark."""
