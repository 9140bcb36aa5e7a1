"""Logs without secrets: names and passwords in addresses, what is given as a token or key, and what
the settings hold. As lines for people, or as JSON, a document a line."""

import json
import logging
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

FORMATS = ("text", "json")
"""What CUNZHENG_LOG_FORMAT may be."""

_USER = re.compile(r"//[^/?#\s\"'<>@]{1,300}@")
_GIVEN = re.compile(
    r"(?i)\b((?:access_?)?token|passw(?:or)?d|pwd|secret|api_?key|sign(?:ature)?|session(?:_?id)?"
    r"|jsessionid|authorization|(?:set-)?cookie)([=:]\s{0,3}|['\"]: \[?b?['\"])"
    r"[^&\s;,'\"\])>]{1,500}"
)
_LINE = "%(line)s"


def without_secrets(text: str, known: Iterable[str] = ()) -> str:
    """The text as it may be logged; `known` are secrets whose form says nothing.

    >>> without_secrets("GET http://me:s3cret@a.gov.cn/x?id=1&token=abc (postgresql://u:p@h/db)")
    'GET http://***@a.gov.cn/x?id=1&token=*** (postgresql://***@h/db)'
    >>> without_secrets("wecombot://0123", ["wecombot://0123"])
    '***'
    """
    for secret in known:
        text = text.replace(secret, "***")
    return _GIVEN.sub(r"\1\2***", _USER.sub("//***@", text))


def check(name: str) -> None:
    """Raises ValueError where logs have no such form.

    >>> check("loud")
    Traceback (most recent call last):
    ValueError: CUNZHENG_LOG_FORMAT must be one of text, json, not 'loud'
    """
    if name not in FORMATS:
        raise ValueError(f"CUNZHENG_LOG_FORMAT must be one of {', '.join(FORMATS)}, not {name!r}")


def json_line(record: logging.LogRecord, **more: Any) -> str:
    """A record as one JSON document in one line: `at` (UTC), `level`, `logger`, `message`, and
    `error` where there was one."""
    told = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": record.getMessage(),
        **({"error": record.exc_text} if record.exc_text else {}),
        **more,
    }
    return json.dumps(told, ensure_ascii=False)


class JsonLines(logging.Formatter):
    """Each record as one line of JSON, without secrets, for handlers of others."""

    def format(self, record: logging.LogRecord) -> str:
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        return without_secrets(json_line(record))


def be_discreet(settings: BaseSettings) -> None:
    """From now on every record of every log is without secrets, whoever writes it; and a line of
    JSON by itself, where the settings ask for that."""
    made = logging.getLogRecordFactory()
    if getattr(made, "discreet", False):
        return
    known = sorted(str(settings.get("NOTIFY") or "").split(), key=len, reverse=True)

    def discreet(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = made(*args, **kwargs)
        record.msg, record.args = without_secrets(record.getMessage(), known), ()
        if record.exc_info:
            said = logging.Formatter().formatException(record.exc_info)
            record.exc_text = without_secrets(said, known)  # formatters take it where it is there
        if settings.get("LOG_FORMAT") == _LINE:
            record.line = json_line(record)
            record.exc_info = record.exc_text = None  # else its lines would follow
        return record

    discreet.discreet = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(discreet)


def log_as_json(settings: BaseSettings) -> None:
    """Have Scrapy's handler write one line of JSON a record; `be_discreet` makes the line."""
    settings.set("LOG_FORMAT", _LINE, priority="cmdline")


class Discretion:
    """Logs without secrets for whatever runs a spider, also another program than our command."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        be_discreet(crawler.settings)
        # Scrapy opens its loggers to all levels and lets its handler choose (utils/log.py, 2.19):
        # each item, with all its text, was written out for a record that nobody wanted.
        for name in (None, "scrapy"):
            logging.getLogger(name).setLevel(crawler.settings["LOG_LEVEL"])
        return cls()
