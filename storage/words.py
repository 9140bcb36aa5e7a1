"""Words: text that both databases order and compare alike."""

from sqlalchemy import Text as AnyText

Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")
"""Text in the order of its characters' code points: as SQLite has it, and as dates written as text
need it. A database of PostgreSQL would else order and compare by its own language."""
