"""How long a question may take, on either database."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError

from storage.errors import TookTooLong

_STEPS = 10_000
"""SQLite looks at the clock after so many steps of its machine: some tenths of a millisecond."""
_TOLD = "the answer took too long; ask for less"


@contextmanager
def no_longer_than(connection: Connection, seconds: float | None) -> Iterator[None]:
    """What is asked within takes no more seconds, all of it together; None is as long as it takes.

    Raises TookTooLong, also between two questions, so that what is done with an answer counts. On
    PostgreSQL it is the server that gives a question up, and `storage.engine.in_our_words` that
    tells it so.
    """
    if seconds is None:
        yield
        return
    until = time.monotonic() + seconds
    with ExitStack() as limits:
        limits.enter_context(_between_questions(connection, until))
        if connection.dialect.name == "sqlite":
            limits.enter_context(_within_questions(connection, until))
        else:
            connection.execute(
                text("SELECT set_config('statement_timeout', :limit, true)"),
                {"limit": str(max(1, int(seconds * 1000)))},
            )
        yield


@contextmanager
def _between_questions(connection: Connection, until: float) -> Iterator[None]:
    def in_time(*_: object) -> None:
        if time.monotonic() > until:
            raise TookTooLong(_TOLD)

    event.listen(connection, "before_cursor_execute", in_time)
    try:
        yield
    finally:
        event.remove(connection, "before_cursor_execute", in_time)


@contextmanager
def _within_questions(connection: Connection, until: float) -> Iterator[None]:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        yield
    except DBAPIError as error:
        if time.monotonic() <= until:
            raise
        # Whatever SQLite calls it: what it was building when it was stopped may fail instead.
        raise TookTooLong(_TOLD) from error
    finally:
        driver.set_progress_handler(None, 0)
