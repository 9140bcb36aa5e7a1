"""How long a question may take, on either database."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.errors import TookTooLong

_STEPS = 10_000
"""SQLite looks at the clock after so many steps of its machine: some tenths of a millisecond."""


@contextmanager
def no_longer_than(connection: Connection, seconds: float | None) -> Iterator[None]:
    """What is asked within ends after so many seconds; None is as long as it takes.

    On SQLite all questions together have this time, and raise TookTooLong; on PostgreSQL each of
    them, and `storage.engine.in_our_words` tells it so.
    """
    if seconds is None:
        yield
    elif connection.dialect.name == "sqlite":
        yield from _on_sqlite(connection, time.monotonic() + seconds)
    else:
        connection.execute(
            text("SELECT set_config('statement_timeout', :limit, true)"),
            {"limit": str(int(seconds * 1000))},
        )
        yield


def _on_sqlite(connection: Connection, until: float) -> Iterator[None]:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        yield
    except DBAPIError as error:
        if time.monotonic() <= until:
            raise
        # Whatever SQLite calls it: what it was building when it was stopped may fail instead.
        raise TookTooLong("the answer took too long; ask for less") from error
    finally:
        driver.set_progress_handler(None, 0)
