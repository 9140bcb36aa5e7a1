"""Progress: how far a crawl has come, shown while it runs."""
