"""The lines of a night's report, in the language of whoever reads it."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from cli.crawls import outcome_name, reasons_of
from cli.output import at, clean
from cli.telling import event_name
from cli.words import Language, Say

if TYPE_CHECKING:
    from crawler.ending import ExitCode
    from storage.consult.nights import CrawlTold, Night, Usual
    from storage.consult.walked_short import ShortWalk

_SHORT_SHOWN = 5
_HAPPENED = ("published", "edited", "missing", "gone", "restored", "moved", "unlisted", "relisted")


def lines_of(night: "Night", say: Say) -> list[str]:
    """A head; each crawl that did not complete, then each that brought something; how many brought
    nothing; what is held."""
    from crawler.ending import ExitCode
    from crawler.nights import ending_of

    if not night.crawls:
        return [say("report.none"), *_held(night, say)]
    ended = [(crawl, ending_of(crawl)) for crawl in night.crawls]
    troubled = [each for each in ended if each[1] is not ExitCode.COMPLETE]
    well = [each for each in ended if each[1] is ExitCode.COMPLETE]
    eventful = [each for each in well if each[0].events or _odd(each[0])]
    lines = [_head(night, ended, say)] if len(ended) > 1 else []
    shown = [*troubled, *eventful] if len(ended) > 1 else ended
    lines += [clean(line) for each in shown for line in crawl_lines(*each, say)]
    if quiet := len(ended) - len(shown):
        lines.append(say("report.quiet", n=quiet))
    return [*lines, *_held(night, say)]


def crawl_lines(crawl: "CrawlTold", code: "ExitCode", say: Say) -> Iterator[str]:
    """One crawl: how it ended, what happened to articles, what fell short, what is odd."""
    mark = "✓" if code == 0 else "!" if code.name in ("INCOMPLETE", "INTERRUPTED") else "✗"
    named = {"id": crawl.id, "spider": crawl.spider, "target": crawl.target}
    ending, span = say(f"ending.{code.name}"), _span(crawl)
    yield say("report.crawl", mark=mark, ending=ending, span=span, **named)
    for line in what_came(crawl, say):
        yield f"    {line}"


def what_came(crawl: "CrawlTold", say: Say) -> Iterator[str]:
    """What came of a crawl, without how it ended."""
    yield from happened(crawl, say)
    outcomes = {outcome_name(name, say): n for name, n in sorted(crawl.outcomes.items())}
    if outcomes:
        yield say("report.addresses", counts=_counted(outcomes, say))
    for host, why in sorted(crawl.given_up.items()):
        yield say("report.given_up", host=host, why=why)
    yield from clock_set(crawl, say)
    yield from fell_short(crawl, say)
    if crawl.unended:
        yield say("report.unended", n=crawl.unended)
    yield from unusual(crawl, say)


def clock_set(crawl: "CrawlTold", say: Say) -> Iterator[str]:
    """What was done to the machine's clock before and during a crawl."""
    if crawl.clock_behind:
        yield say("report.clock_behind", behind=timedelta(seconds=crawl.clock_behind))
    if crawl.clock_stepped:
        yield say("report.clock_stepped", stepped=f"{crawl.clock_stepped:+d}")


def happened(crawl: "CrawlTold", say: Say) -> Iterator[str]:
    """What happened to articles, by kind."""
    counts = {event_name(kind, say): crawl.events.get(kind, 0) for kind in _HAPPENED}
    if any(counts.values()):
        yield say("report.happened", counts=_counted(counts, say))


def fell_short(crawl: "CrawlTold", say: Say) -> Iterator[str]:
    """Which walks fell short, and why."""
    for walk in crawl.short[:_SHORT_SHOWN]:
        yield say("report.short", channel=_channel(walk), because=_because(walk, say))
    if (more := len(crawl.short) - _SHORT_SHOWN) > 0:
        yield say("report.more_short", n=more)


def unusual(crawl: "CrawlTold", say: Say) -> Iterator[str]:
    """What is odd about a crawl against the runs before it."""
    for usual in _odd(crawl):
        figure, middle = say(f"figure.{usual.figure}"), f"{usual.median:g}"
        numbers = {"now": usual.now, "runs": usual.runs, "least": usual.least, "most": usual.most}
        yield say("report.odd", figure=figure, median=middle, **numbers)


def _head(night: "Night", ended: "list[tuple[CrawlTold, ExitCode]]", say: Say) -> str:
    counts = Counter(code for _, code in ended)
    endings = {say(f"ending.{code.name}"): n for code, n in sorted(counts.items())}
    since = at(min(crawl.started_at for crawl in night.crawls))
    return say("report.head", n=len(ended), since=since, endings=_counted(endings, say))


def _held(night: "Night", say: Say) -> list[str]:
    return [
        clean(say("report.held", id=crawl_id, host=hold.host, why=reasons_of(hold, say)))
        for crawl_id, held in night.held.items()
        for hold in held
    ]


def _odd(crawl: "CrawlTold") -> list["Usual"]:
    return [usual for usual in crawl.usual if usual.odd]


def _span(crawl: "CrawlTold") -> str:
    return f"{at(crawl.started_at)} – {at(crawl.finished_at)[-5:]}"


def _channel(walk: "ShortWalk") -> str:
    return f"{walk.host} {walk.name or walk.cms_id}"


def _because(walk: "ShortWalk", say: Say) -> str:
    if walk.because is None:
        return walk.verdict
    return walk.because.zh if say.language is Language.ZH else walk.because.en


def _counted(counts: dict[str, int], say: Say) -> str:
    told = [f"{name} {n}" for name, n in counts.items() if n]
    return ("、" if say.language is Language.ZH else ", ").join(told)
