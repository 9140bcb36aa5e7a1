"""Addresses that are not fetched, and why. Each ends its request in Scrapy's own way."""

from scrapy.exceptions import IgnoreRequest


class OffSite(IgnoreRequest):
    """The address is of another site than those that this crawl is about."""


class Private(IgnoreRequest):
    """The address is of this machine or a private network."""


class VisitCounter(IgnoreRequest):
    """Fetching the address would change the site's own counts."""


class Unwanted(IgnoreRequest):
    """A file of a type or a size that the settings leave out."""


class RobotsForbid(IgnoreRequest):
    """robots.txt asks crawlers to stay away from the address."""


class RobotsUnreachable(IgnoreRequest):
    """robots.txt could not be had, so nothing of the site may be fetched now."""


class GivenUp(IgnoreRequest):
    """The host failed so often in this crawl that it is not asked again."""


class Unpackable(IgnoreRequest):
    """What came is not what its Content-Encoding says, or grows too large when it is unpacked."""
