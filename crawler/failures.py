"""What a failed request means: its outcome, and one line that a person can act on."""

from typing import cast
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.admission import BROKE_OFF
from crawler.ending import ExitCode, Problem
from crawler.refusals import (
    GivenUp,
    OffSite,
    Private,
    RobotsForbid,
    RobotsUnreachable,
    Unpackable,
    Unwanted,
    VisitCounter,
)
from storage.judging import Outcome

UNANSWERED = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
"""All that Scrapy raises where a request has no answer that can be used."""

_UNSAID: dict[type[BaseException], str] = {
    DownloadCancelledError: "the answer is larger than DOWNLOAD_MAXSIZE",
    ResponseDataLossError: BROKE_OFF,
}
"""What Scrapy's errors mean that come without a word."""

_ADVICE: tuple[tuple[type[BaseException], ExitCode, str], ...] = (
    (
        CannotResolveHostError,
        ExitCode.SITE_DOWN,
        "the host's name does not resolve; check the address, then the network",
    ),
    (
        DownloadConnectionRefusedError,
        ExitCode.SITE_DOWN,
        "the host refuses the connection; check the port, or try again later",
    ),
    (
        DownloadTimeoutError,
        ExitCode.SITE_DOWN,
        "the host did not answer in time; try again later, or raise DOWNLOAD_TIMEOUT",
    ),
    (
        ResponseDataLossError,
        ExitCode.SITE_DOWN,
        f"{BROKE_OFF}; try again later",
    ),
    (
        Private,
        ExitCode.USAGE,
        "private addresses are never fetched; set ALLOW_PRIVATE_ADDRESSES=1 for a site of your own",
    ),
    (RobotsForbid, ExitCode.BLOCKED, "the site's robots.txt asks crawlers to stay away"),
    (
        RobotsUnreachable,
        ExitCode.SITE_DOWN,
        "robots.txt could not be had, so nothing may be fetched (RFC 9309); try again later",
    ),
    (GivenUp, ExitCode.SITE_DOWN, "the host failed too often in a row; try again later"),
    (Unpackable, ExitCode.SITE_DOWN, "its answer cannot be unpacked; try again later"),
    (OffSite, ExitCode.USAGE, "the address leads to another site; give that site's address"),
    (VisitCounter, ExitCode.USAGE, "a visit counter is never called; give the site's address"),
)


def outcome_of(error: BaseException) -> tuple[Outcome, str]:
    """The outcome of an address whose request failed, and the detail that is kept with it."""
    detail = " ".join(str(error).split()) or _UNSAID.get(type(error), type(error).__name__)
    if isinstance(error, HttpError):
        # All errors are evidence and read (handle_httpstatus_list); left are odd successes and
        # redirects to what is not fetched.
        detail = f"status {error.response.status}, which leads nowhere"
    if isinstance(error, OffSite):
        return Outcome.OFF_SITE, detail
    if isinstance(error, RobotsForbid | VisitCounter | Private | Unwanted):
        return Outcome.DISALLOWED, detail
    return Outcome.FAILED, detail


def problem_of(url: str, error: BaseException) -> Problem:
    """Why a site could not be opened at `url`: the exit code and what to do."""
    if isinstance(error, RobotsUnreachable) and _is_of_the_site(url, error.__cause__):
        # The site's first request is for robots.txt: what failed is the site, not the file.
        return problem_of(url, cast("BaseException", error.__cause__))
    for kind, code, advice in _ADVICE:
        if isinstance(error, kind):
            return Problem(code, f"{url}: {advice}")
    if isinstance(error, IgnoreRequest) and "redirect" in str(error).lower():
        return Problem(
            ExitCode.SITE_DOWN, f"{url}: it redirects for ever; open it in a browser to see where"
        )
    said = " ".join(str(error).split()) or type(error).__name__
    return Problem(ExitCode.SITE_DOWN, f"{url}: it cannot be fetched ({said}); try again later")


def _is_of_the_site(url: str, cause: BaseException | None) -> bool:
    """Whether robots.txt failed by what will fail all the site, and not by where it leads."""
    if isinstance(cause, Private):
        return str(cause).startswith(f"{urlsplit(url).hostname} ")
    known = tuple(kind for kind, _, _ in _ADVICE if kind is not RobotsUnreachable)
    return isinstance(cause, known)
