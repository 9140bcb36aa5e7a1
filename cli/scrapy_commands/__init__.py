"""Commands of `scrapy` that this project gives in its own way."""
