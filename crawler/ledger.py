"""The ledger of a walk: what a channel claims against what was seen of it. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from storage.guard import SHRANK

SHRINK_GUARD = 20
"""From so many rows on, a list that is less than half of what it was is not believed."""

ACCOUNTED = "held accounts for the claimed total"
"""The stop reason of a walk that need not see the whole list."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is held of the channel: how many rows stand in its list, whether that is known from a
    walk to the end, whether that walk is recent enough to rely on, how many walks followed, and how
    many rows each answer gave in it."""

    rows: int = 0
    known: bool = False
    recent: bool = False
    since: int = 0
    given: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a walk saw against what the site claims. Rows are entries as served, repeats and
    off-site ones included. `whole` says that every row was seen, so that what is absent left.
    `ends_on` is the day of the list's last row, None where rows show none.

    Verdicts: `complete`; `short by k` and `over by k` rows; `shifted` where rows left the list
    while it was walked, so that some may have slipped past; `total unknown`; `failed`.
    """

    claimed_total: int | None
    entries_seen: int
    articles_seen: int
    repeats: int
    off_site: int
    pages: int
    stop_reason: str
    verdict: str
    whole: bool
    ends_on: date | None = None

    @property
    def unfinished(self) -> bool:
        """Whether another walk might see more."""
        return self.verdict.startswith(("failed", "short", "shifted"))


def believed(ledger: Ledger, held: int) -> Ledger:
    """The ledger as it may be believed: a list that is suddenly empty, or less than half of the
    `held` rows, is an accident with status 200 until a person says otherwise."""
    accounted = ledger.stop_reason.startswith(ACCOUNTED)
    if accounted or held < SHRINK_GUARD or ledger.entries_seen * 2 >= held:
        return ledger
    reason = f"{SHRANK} from {held} to {ledger.entries_seen} rows"
    return replace(ledger, stop_reason=reason, verdict="failed", whole=False)


def failed_ledger(reason: str) -> Ledger:
    """The ledger of a channel whose own page could not be had."""
    return Ledger(None, 0, 0, 0, 0, 0, f"failed: {reason}", "failed", whole=False)
