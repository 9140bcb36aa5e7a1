"""The speed of a first crawl: our whole main job against Scrapy that only downloads."""
