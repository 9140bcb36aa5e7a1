"""Logs without secrets: names and passwords in addresses, and what is given as a token or key."""

import logging
import re
from typing import Any, Self

from scrapy.crawler import Crawler

_USER = re.compile(r"//[^/?#\s\"'<>@]{1,300}@")
_GIVEN = re.compile(
    r"(?i)\b((?:access_?)?token|passw(?:or)?d|pwd|secret|api_?key|sign(?:ature)?|session(?:_?id)?"
    r"|jsessionid|authorization|(?:set-)?cookie)([=:]\s{0,3}|['\"]: \[?b?['\"])"
    r"[^&\s;,'\"\])>]{1,500}"
)


def without_secrets(text: str) -> str:
    """The text as it may be logged.

    >>> without_secrets("GET http://me:s3cret@a.gov.cn/x?id=1&token=abc (postgresql://u:p@h/db)")
    'GET http://***@a.gov.cn/x?id=1&token=*** (postgresql://***@h/db)'
    """
    return _GIVEN.sub(r"\1\2***", _USER.sub("//***@", text))


class Discretion:
    """From its start on every record of every log is without secrets, whoever writes it."""

    def __init__(self) -> None:
        made = logging.getLogRecordFactory()

        def discreet(*args: Any, **kwargs: Any) -> logging.LogRecord:
            record = made(*args, **kwargs)
            record.msg, record.args = without_secrets(record.getMessage()), ()
            if record.exc_info:
                said = logging.Formatter().formatException(record.exc_info)
                record.exc_text = without_secrets(said)  # formatters take it where it is there
            return record

        if getattr(made, "discreet", False):
            return
        discreet.discreet = True  # type: ignore[attr-defined]
        logging.setLogRecordFactory(discreet)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        # Scrapy opens its loggers to all levels and lets its handler choose (utils/log.py, 2.19):
        # each item, with all its text, was written out for a record that nobody wanted.
        for name in (None, "scrapy"):
            logging.getLogger(name).setLevel(crawler.settings["LOG_LEVEL"])
        # Of a server that went away the crawl's own line tells.
        logging.getLogger("psycopg").setLevel(logging.ERROR)
        return cls()
