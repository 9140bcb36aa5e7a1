"""The project's settings with the meter, and with manners put off: the site is ours.

Files of articles are left out: the others do not fetch them."""

from settings import *  # noqa: F403
from settings import EXTENSIONS as OURS

EXTENSIONS = {**OURS, "benchmarks.crawling.meter.Meter": 0}
ATTACHMENTS = False
AUTOTHROTTLE_ENABLED = False
CONCURRENT_REQUESTS_PER_DOMAIN = 8
