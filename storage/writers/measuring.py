"""Measuring: what a crawl met at one site, in the numbers by which the guard judges it.

All is asked of what the crawl shows while it is taken in, and of nothing that came after it: so
it can be asked again later, when a better reader has read it.
"""

from storage.guard import Met
from storage.writers.lists_met import ListsMet
from storage.writers.pages_met import PagesMet
from storage.writers.scope import Scope
from storage.writers.visits import Visit


def measure(scope: Scope, visit: Visit) -> Met:
    """What the crawl met there. Each site stands for itself: that another one answers well says
    nothing of this one's outage."""
    ask, lists = PagesMet(scope, visit), ListsMet(scope, visit)
    checked, known = ask.captured() | lists.listed(), ask.held_before()
    missed = ask.missed()
    shown = ask.shown() & known
    compared = shown - lists.announced()
    changed = ask.changed() & known
    asked, failed = ask.asked(), ask.failed()
    known_ids = ask.ids_of(known)
    rows, rows_now = lists.rows()
    return Met(
        checked=len(checked | missed),
        revisited=len((checked | missed) & known),
        changed=len(changed),
        vanished=len(missed & known),
        compared=len(compared),
        differing=len(changed & compared),
        rebuilt=len(ask.rebuilt() & compared),
        asked=len(asked),
        failed=len(failed),
        asked_again=sum(cms_id in known_ids for _, cms_id in asked),
        failed_again=sum(cms_id in known_ids for _, cms_id in failed),
        signs=ask.signs(),
        missed=len(missed),
        rows=rows,
        rows_now=rows_now,
        good=ask.good(),
    )
