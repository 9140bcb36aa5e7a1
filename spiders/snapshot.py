"""`scrapy crawl snapshot`: captures again what is held and due."""

from crawler.snapshot import SnapshotSpider


class Snapshot(SnapshotSpider):
    name = "snapshot"
