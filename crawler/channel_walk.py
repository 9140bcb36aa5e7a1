"""The walk of one channel: its lists, one after the other, and one ledger over all of them."""

from collections.abc import Sequence
from datetime import datetime

from crawler.ledger import Ledger, believed
from crawler.walk import Walk


class ChannelWalk:
    """The lists of one channel in the order of its page. `current` is the one being walked, None
    when all have ended. `attempt` 2 is the second walk of a channel in one crawl, to finish what
    the first could not. `ahead` where it was begun without the channel's page."""

    def __init__(
        self,
        channel: str,
        started_at: datetime,
        walks: Sequence[Walk],
        *,
        attempt: int = 1,
        held: int = 0,
        ahead: bool = False,
    ) -> None:
        self.channel = channel
        self.started_at = started_at
        self.attempt = attempt
        self.held = held
        self.ahead = ahead
        self._walks = tuple(walks)
        self._at = 0

    @property
    def current(self) -> Walk | None:
        return self._walks[self._at] if self._at < len(self._walks) else None

    @property
    def refused(self) -> bool:
        """Whether the site gave nothing to the first question about the list being walked."""
        return self.current is not None and self.current.refused

    @property
    def opens(self) -> bool:
        """Whether all rows of the channel's only list were asked for, in its first question."""
        return self.current is not None and len(self._walks) == 1 and self.current.opens

    def turn(self) -> Walk | None:
        """The current list has ended: go on to the next; None when there is none."""
        self._at += 1
        return self.current

    def ledger(self) -> Ledger:
        """One ledger for the channel; of several lists the worst verdict stands. Blocks that hold
        no rows and claim none (navigation, footers) are no lists."""
        told = [walk.ledger() for walk in self._walks]
        ledgers = [one for one in told if one.entries_seen or one.claimed_total] or told[:1]
        if len(ledgers) == 1:
            return believed(ledgers[0], self.held)
        worst = min(ledgers, key=_rank)
        totals = [ledger.claimed_total for ledger in ledgers]
        known = [total for total in totals if total is not None]
        together = Ledger(
            claimed_total=sum(known) if len(known) == len(totals) else None,
            entries_seen=sum(ledger.entries_seen for ledger in ledgers),
            articles_seen=sum(ledger.articles_seen for ledger in ledgers),
            repeats=sum(ledger.repeats for ledger in ledgers),
            off_site=sum(ledger.off_site for ledger in ledgers),
            pages=sum(ledger.pages for ledger in ledgers),
            stop_reason=worst.stop_reason,
            verdict=worst.verdict,
            whole=all(ledger.whole for ledger in ledgers),
            ends_on=min((one.ends_on for one in ledgers if one.ends_on), default=None),
        )
        return believed(together, self.held)


def _rank(ledger: Ledger) -> int:
    order = ("failed", "shifted", "short", "total unknown", "over", "complete")
    return next(i for i, word in enumerate(order) if ledger.verdict.startswith(word))
