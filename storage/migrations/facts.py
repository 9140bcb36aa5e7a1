"""Facts are append-only: no row of theirs is altered, deleted, or put in another's place."""

from alembic import op


def protect(table: str, *key: str) -> None:
    """Have the database refuse whatever alters the rows of a table, known by this key."""
    if op.get_bind().dialect.name == "sqlite":
        _on_sqlite(table, key)
    else:
        _on_postgresql(table)


def _on_sqlite(table: str, key: tuple[str, ...]) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} holds facts: append-only'); END"
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refuse}")
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    # INSERT OR REPLACE deletes without the trigger on DELETE (recursive_triggers is off).
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}"
    )


def _on_postgresql(table: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION facts_are_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION '% holds facts: append-only', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END$$"
    )
    for verb, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION facts_are_append_only()"
        )
