"""Conditional requests: asking a server for a page only if it is another than the one held."""

from datetime import datetime, timedelta

from storage.confirming import Known


def conditions(known: Known | None) -> dict[str, str]:
    """What asks a server to send the bytes only if they are others than those held.

    >>> from datetime import UTC
    >>> conditions(Known(7, datetime(2026, 1, 1, tzinfo=UTC), '"5f1a"', None))
    {'If-None-Match': '"5f1a"'}
    """
    if known is None:
        return {}
    validators = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in validators.items() if value}


def still_good(known: Known | None, now: datetime, whole_again: timedelta) -> Known | None:
    """What may be asked about: after `whole_again` a page is fetched whole, whatever its server
    would say."""
    return known if known is not None and now - known.captured_at < whole_again else None
