"""The spider loader: each site declared in sites.toml is a spider of its own."""

import sys
from pathlib import Path

from scrapy import Spider
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from crawler.ending import ExitCode
from crawler.site import Site, SitesFileError, load_sites
from crawler.spider import HanwebSpider


class DeclaredSiteLoader(SpiderLoader):
    """Scrapy's loader, and the declared sites beside it: `scrapy list` names them all.

    Where sites.toml says what cannot be, the command ends with one line: Scrapy itself would show
    a traceback.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        try:
            declared = load_sites(Path(settings["SITES_FILE"]))
        except SitesFileError as error:
            print(f"cunzheng: {error}", file=sys.stderr)
            raise SystemExit(ExitCode.CONFIGURATION) from error
        for site in declared:
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
