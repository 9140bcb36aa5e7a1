"""The project's settings, and the only place that reads the environment.

Every setting below that is named CUNZHENG_… or listed here can be given in the environment:
ARCHIVE_URL, ALLOW_PRIVATE_ADDRESSES, CLOCK, CUNZHENG_DELAY, CUNZHENG_CONTACT, CUNZHENG_SITES.
"""

import logging
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent

# Where things are.
ARCHIVE_URL = os.environ.get("ARCHIVE_URL", f"sqlite:///{ROOT / 'var' / 'archive.db'}")
SITES_FILE = os.environ.get("CUNZHENG_SITES", str(ROOT / "sites.toml"))

# What is known of scheduled jobs between two runs.
STATE_FOLDER = os.environ.get("CUNZHENG_STATE", str(ROOT / "var" / "state"))

# Seconds to wait for another program that writes to the archive.
ARCHIVE_BUSY_TIMEOUT = float(os.environ.get("CUNZHENG_BUSY_TIMEOUT", "30"))

# Seconds without a sign of life after which a worker is taken to be dead, and its jobs are others'.
WORKER_STALLED_AFTER = float(os.environ.get("CUNZHENG_WORKER_STALLED", "30"))

# For tests and demos: private addresses allowed (1: all; or those named, 127.0.0.1,10.1.0.0/16),
# and a clock that starts at a given instant.
ALLOW_PRIVATE_ADDRESSES = os.environ.get("ALLOW_PRIVATE_ADDRESSES", "0")
CLOCK = os.environ.get("CLOCK", "")

# What runs.
BOT_NAME = "cunzheng"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
SPIDER_LOADER_CLASS = "spiders.loader.DeclaredSiteLoader"
COMMANDS_MODULE = "cli.scrapy_commands"
ITEM_PIPELINES = {"crawler.pipelines.ArchivePipeline": 100}
DOWNLOADER_MIDDLEWARES = {
    "crawler.guard.GuardMiddleware": 50,
    "crawler.hosts.Hosts": 60,
    "crawler.robots.RobotsPolicy": 100,
    "crawler.guard.RefusedNames": 560,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    # Ours ends such a request in an outcome; Scrapy's drops it without a word after a redirect.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    # It takes a part of a compressed page for the whole.
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.unpacking.Unpacking": 590,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.refreshing.Refreshing": 580,
}
SPIDER_MIDDLEWARES = {
    "crawler.archive_gone.ArchiveGone": 50,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": 700,
}
EXTENSIONS = {
    "crawler.logs.Discretion": 0,
    "crawler.orphaned.Orphaned": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
    "crawler.progress.extension.Progress": 0,
}
# The frontier sees to it that no address is fetched twice; Scrapy's filter would let redirects
# to a page that was seen vanish without an outcome.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
TWISTED_DNS_RESOLVER = "crawler.guard.GuardResolver"

# Manners. A delay of 0 is refused: Scrapy from 2.14 on then forgets its limit per host.
USER_AGENT = "Cunzheng/0.1 (archive for research; {})".format(
    os.environ.get("CUNZHENG_CONTACT", "set CUNZHENG_CONTACT to your address")
)
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Cunzheng"  # the whole user agent would also answer to "research"
CONCURRENT_REQUESTS = 8
# So many tasks Scrapy begins for what one response yields, however little that is. Ours wait for
# nothing, and by Scrapy's own 100 they were a tenth of a crawl's work.
CONCURRENT_ITEMS = 2
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = float(os.environ.get("CUNZHENG_DELAY", "1.0"))
DOWNLOAD_DELAY_JITTER = 0.3
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = int(os.environ.get("CUNZHENG_RETRIES", "2"))
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # it ends as an outcome
DOWNLOAD_TIMEOUT = float(os.environ.get("CUNZHENG_TIMEOUT", "60"))
DOWNLOAD_MAXSIZE = 32 * 2**20
DOWNLOAD_WARNSIZE = 8 * 2**20
DOWNLOAD_FAIL_ON_DATALOSS = True
URLLENGTH_LIMIT = 2083
COOKIES_ENABLED = False
REFERRER_POLICY = "same-origin"
DOWNLOAD_HANDLERS = {
    "http": "crawler.sending.MannerlyHandler",
    "https": "crawler.sending.MannerlyHandler",
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
}
# Through a proxy it cannot be known which address is connected to.
HTTPPROXY_ENABLED = False

# A host that is not well (crawler/patience.py), in seconds. After a failure, by itself or as its
# Retry-After asks; after so many failures in a row, before each of so many trials. The larger the
# delay, the more patient.
RETRY_BACKOFF = 2 * DOWNLOAD_DELAY
RETRY_BACKOFF_MAX = 120.0
RETRY_AFTER_MAX = float(os.environ.get("CUNZHENG_RETRY_AFTER_MAX", "300"))
HOST_FAILURES = 5
HOST_PAUSE = 60 * DOWNLOAD_DELAY
HOST_TRIALS = 3

# The `Crawl-delay` of a robots.txt is kept up to so many seconds. The file is asked for again once
# it is older than so many seconds; a day is the most (RFC 9309, 2.4).
CRAWL_DELAY_MAX = 120.0
ROBOTS_AGE_MAX = float(os.environ.get("CUNZHENG_ROBOTS_AGE_MAX", "86400"))

# Where the crawls of this machine's user take turns at a host.
TURNS_FOLDER = os.environ.get(
    "CUNZHENG_TURNS", str(Path(tempfile.gettempdir()) / f"cunzheng-{os.getuid()}")
)

# The files that articles offer: fetched, kept with their bytes, read. Those of other types (by the
# ending of their name or address; none is any) and larger ones (bytes) are told, not fetched; one
# that is held is asked for again, conditionally, with its article after so many days.
ATTACHMENTS = os.environ.get("CUNZHENG_ATTACHMENTS", "1") not in ("", "0")
ATTACHMENT_TYPES = [
    "pdf",
    "doc",
    "docx",
    "wps",
    "rtf",
    "xls",
    "xlsx",
    "et",
    "csv",
    "ofd",
    "ppt",
    "pptx",
    "dps",
    "txt",
    "zip",
    "rar",
    "7z",
    "ceb",
    "jpg",
    "jpeg",
    "png",
    "tif",
]
ATTACHMENT_MAXSIZE = 32 * 2**20
ATTACHMENT_AGAIN_DAYS = 7

# Revisits: days after which an article is captured again whatever its chance of a change, the
# chance from which it is due where no budget is given, and the days after which a page is fetched
# whole though its server would confirm it.
REVISIT_BOUND_DAYS = float(os.environ.get("CUNZHENG_REVISIT_BOUND", "180"))
REVISIT_CHANCE = float(os.environ.get("CUNZHENG_REVISIT_CHANCE", "0.02"))
REVISIT_WHOLE_DAYS = 30

# The guard: a crawl is held where, of 20 or more articles of a site that it revisited, more than
# these shares changed, vanished or failed, where the lists lost more than this share of their rows,
# or where more than so many pages have a new structure and more than so many texts changed with it.
GUARD_AT_LEAST = int(os.environ.get("CUNZHENG_GUARD_AT_LEAST", "20"))
GUARD_CHANGED = float(os.environ.get("CUNZHENG_GUARD_CHANGED", "0.30"))
GUARD_VANISHED = float(os.environ.get("CUNZHENG_GUARD_VANISHED", "0.05"))
GUARD_SHRUNK = float(os.environ.get("CUNZHENG_GUARD_SHRUNK", "0.50"))
GUARD_FAILED = float(os.environ.get("CUNZHENG_GUARD_FAILED", "0.20"))
GUARD_REDESIGNED = float(os.environ.get("CUNZHENG_GUARD_REDESIGNED", "0.50"))
GUARD_CHANGED_WITH_REDESIGN = float(os.environ.get("CUNZHENG_GUARD_CHANGED_WITH_REDESIGN", "0.05"))

# What reading one attachment may cost its process (crawler/documents/values.py has them all):
# bytes of the file, bytes of memory, seconds of work, seconds by the clock, characters kept.
DOCUMENT_SIZE = 64 * 2**20
DOCUMENT_MEMORY = 2**30
DOCUMENT_CPU_SECONDS = 20
DOCUMENT_SECONDS = 30.0
DOCUMENT_CHARACTERS = 2_000_000

# Progress: on a terminal a table, elsewhere lines (auto; there a line in 60 times as long), else
# plain, json or none; seconds between two lines, and in which language they are.
PROGRESS = os.environ.get("CUNZHENG_PROGRESS", "auto")
PROGRESS_EVERY = float(os.environ.get("CUNZHENG_PROGRESS_EVERY", "10"))
LOCALE = os.environ.get("CUNZHENG_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""

# Who is told by `cunzheng notify`: addresses as apprise has them, white space between them. They
# hold secrets: in the environment, never in a file that others read.
NOTIFY = os.environ.get("CUNZHENG_NOTIFY", "")

# The file of figures for Prometheus that each scheduled job renews as it ends; none where empty.
METRICS_FILE = os.environ.get("CUNZHENG_METRICS", "")

# No door is open while crawling.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# What libraries say of pages that are odd is no news here: doubts are recorded with the version.
# Nor that a certificate is faulty: each crawl records which were, and reports them.
for _name in ("trafilatura", "charset_normalizer", "scrapy.core.downloader.tls"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)
LOG_LEVEL = os.environ.get("CUNZHENG_LOG_LEVEL", "WARNING")
# Logs as lines for people (text), or as JSON, a document a line (json).
LOG_LINES = os.environ.get("CUNZHENG_LOG_FORMAT", "text")
