"""The spider loader: each site declared in sites.toml is a spider of its own."""

from pathlib import Path

from scrapy import Spider
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from crawler.site import Site, load_sites
from crawler.spider import HanwebSpider


class DeclaredSiteLoader(SpiderLoader):
    """Scrapy's loader, and the declared sites beside it: `scrapy list` names them all.

    Raises SitesFileError where sites.toml says what cannot be.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        for site in load_sites(Path(settings["SITES_FILE"])):
            self._spiders[site.name] = spider_of(site)


def spider_of(site: Site) -> type[Spider]:
    """The spider of a declared site."""
    own = {"name": site.name, "site": site, "__module__": __name__, "__doc__": site.title}
    if site.delay is not None:
        own["custom_settings"] = {
            "DOWNLOAD_DELAY": site.delay,
            "AUTOTHROTTLE_START_DELAY": site.delay,
        }
    return type("".join(part.title() for part in site.name.split("_")), (HanwebSpider,), own)
