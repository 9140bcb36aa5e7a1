"""The schema's steps from the first release on, and the check that a database is at the last."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from storage import crashing
from storage.errors import ArchiveUnusable, ArchiveVersion
from storage.schema import metadata

HEAD = "0014"
"""The newest step. A test holds it to the files in `versions/`."""

_NOT_OURS = (
    "the database is no archive of ours: another program filled it; give another ARCHIVE_URL"
)


def version_of(connection: Connection) -> str | None:
    """The step that a database is at; None for one that is empty.

    Raises ArchiveUnusable for one that another program filled, where that is an SQLite file, has
    steps of its own, or tables named as ours. A database of PostgreSQL may hold others besides.
    """
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if tables and (connection.dialect.name == "sqlite" or metadata.tables.keys() & tables):
            raise ArchiveUnusable(_NOT_OURS)
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found is not None and not found.isdigit():
        raise ArchiveUnusable(_NOT_OURS)
    return found


def check(connection: Connection) -> None:
    """Raises ArchiveVersion where the database is not at HEAD, saying what to do."""
    found = version_of(connection)
    if found == HEAD:
        return
    if found is None:
        raise ArchiveVersion("the database holds no archive yet; crawl a site first")
    if found > HEAD:
        raise ArchiveVersion(
            f"the archive is of a newer version ({found}) than this program ({HEAD}); update it"
        )
    raise ArchiveVersion(
        f"the archive is of version {found}, this program needs {HEAD}; run: cunzheng migrate"
    )


def upgrade(connection: Connection) -> None:
    """Bring the database to HEAD, in the transaction of `connection`."""
    from alembic import command  # here: its import takes longer than most commands

    crashing.arm()
    crashing.at("migrate.begun")
    command.upgrade(_config(connection), "head")
    crashing.at("migrate.done")


def _config(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
