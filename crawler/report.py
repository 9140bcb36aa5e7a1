"""The report of one crawl: what an operator reads in the morning. Pure."""

from crawler.ending import Ending, ExitCode, short_walks
from storage.judging import Outcome

_ARTICLES = (
    (Outcome.NEW, "new"),
    (Outcome.CHANGED, "edited"),
    (Outcome.UNCHANGED, "unchanged"),
    (Outcome.GONE_SIGNAL, "not there"),
    (Outcome.NOT_AN_ARTICLE, "not an article"),
    (Outcome.CHALLENGED, "challenged"),
    (Outcome.OFF_SITE, "led off the site"),
    (Outcome.DISALLOWED, "disallowed"),
    (Outcome.FAILED, "failed"),
)
_SAID = {
    ExitCode.COMPLETE: "complete",
    ExitCode.INCOMPLETE: "incomplete",
    ExitCode.HELD: "held",
    ExitCode.BLOCKED: "blocked",
    ExitCode.SITE_DOWN: "the site is down; the next run tries again",
    ExitCode.INTERRUPTED: "interrupted; the same command goes on where it stopped",
    ExitCode.INTERNAL: "an error of this program; see the log",
}


def report(spider: str, target: str, ending: Ending, code: ExitCode) -> str:
    """A few lines: how it ended, the articles by outcome, the walks, what to do next."""
    lines = [f"{spider} {target}: {_SAID.get(code, code.name.lower())}"]
    counts = [f"{n} {word}" for outcome, word in _ARTICLES if (n := ending.outcomes.get(outcome))]
    lines.append("  addresses: " + (", ".join(counts) or "nothing new"))
    if ending.files:
        files = [f"{n} {word}" for outcome, word in _ARTICLES if (n := ending.files.get(outcome))]
        lines.append("  files of articles: " + ", ".join(files))
    if ending.verdicts:
        short = short_walks(ending.verdicts)
        told = (
            f"{short} short of what the site claims (cunzheng coverage)" if short else "none short"
        )
        lines.append(f"  channels walked: {len(ending.verdicts)}, {told}")
    lines += [f"  {host}: {why}" for host, why in sorted(ending.given_up.items())]
    for host, fault in sorted(ending.bad_certificates.items()):
        lines.append(f"  certificate of {host}: {fault}; crawled all the same")
    if ending.clock:
        lines.append(f"  this machine's clock: {ending.clock}")
    if ending.held_because:
        lines += _held(ending)
    if ending.unmet:
        lines.append(f"  not as expected: {ending.unmet}")
    if ending.unended:
        lines.append(f"  left for the next run: {ending.unended} addresses")
    return "\n".join(lines)


def _held(ending: Ending) -> list[str]:
    """Why nothing of it counts, or no sign of absence, and what can be typed next."""
    return [
        f"  held: {ending.held_because}; what is not believed is kept and does not count",
        f"  look at the site; if it is so: cunzheng release {ending.crawl_id}",
        "  if pages are read wrongly: update this program, then cunzheng reread",
    ]
