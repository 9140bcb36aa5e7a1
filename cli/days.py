"""Days of the calendar in Beijing, as typed."""

from datetime import date

from cli.context import moment
from cli.words import Say


def day(text: str | None, say: Say, *, last: bool) -> date | None:
    """The first or last day in Beijing that a date as typed means. Raises typer.BadParameter."""
    from storage.consult.moments import beijing_day

    meant = moment(text, say, last=last)
    return beijing_day(meant) if meant else None
