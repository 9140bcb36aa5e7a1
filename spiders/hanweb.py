"""`scrapy crawl hanweb -a url=…`: any 大汉版通 site, with nothing declared."""

from crawler.spider import HanwebSpider


class Hanweb(HanwebSpider):
    name = "hanweb"
