"""Alembic's entry: runs the steps on the connection that `upgrade` hands over."""

from alembic import context
from sqlalchemy import event

from storage import crashing
from storage.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,
    on_version_apply=lambda **_: crashing.at("migrate.step"),
)
event.listen(connection, "before_cursor_execute", lambda *_: crashing.at("migrate.statement"))
context.run_migrations()
