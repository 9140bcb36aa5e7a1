"""Rereading: today's reader on captures of an archive, with what it had at hand when they were
made. Pure."""

from collections.abc import Sequence

from crawler import admission
from crawler.reading import Fingerprint, PageKind, decode, fingerprint
from crawler.reading.values import READER, Part
from crawler.responses import charset_of
from storage.judging import Outcome
from storage.rereading import Page, Reread, Stored

_NOT_IN_THE_PAGE = {
    admission.BROKE_OFF: PageKind.OTHER,
    admission.FURTHER_PAGE: PageKind.ARTICLE,
}
"""How the reasons begin why a capture is but a part, and what it was taken for."""


class Rereader:
    """Reads stored captures. Keeps the fingerprints of what a host served for addresses that
    cannot exist, which many captures of one crawl share."""

    def __init__(self) -> None:
        self._learnt: dict[tuple[tuple[str, int], ...], tuple[Fingerprint, ...]] = {}

    def __call__(self, stored: Stored) -> Reread:
        """What a capture shows today. Of one that is but a part, nothing: whatever reads it."""
        failed = stored.failed or ""
        for reason, kind in _NOT_IN_THE_PAGE.items():
            if failed.startswith(reason):
                return Reread(page_kind=kind, reader=READER, outcome=Outcome.FAILED, reason=failed)
        page = stored.page
        response = admission.Response(
            page.url,
            page.status,
            text_of(page),
            parts=tuple(Part(text_of(part), part.url) for part in stored.parts),
            listed=stored.listed_title,
        )
        judged = admission.admit(
            stored.key, stored.asked_url, response, self._not_found(stored.probes)
        )
        reading = judged.reading
        return Reread(
            page_kind=judged.page_kind,
            reader=READER,
            article=reading.article if reading else None,
            absence=judged.absence,
            outcome=judged.outcome,
            reason=judged.reason,
            origins=reading.origins if reading else {},
            doubts=reading.doubts if reading else (),
            skeleton=reading.skeleton if reading else None,
        )

    def _not_found(self, probes: Sequence[Page]) -> tuple[Fingerprint, ...]:
        names = tuple((probe.url, probe.status) for probe in probes)
        if names not in self._learnt:
            self._learnt[names] = tuple(
                fingerprint(text_of(probe), probe.status, probe.url)
                for probe in probes
                if probe.status == 200
            )
        return self._learnt[names]


def text_of(page: Page) -> str:
    """The page's text, by the rules of `crawler.reading.decode`."""
    headers = {name.lower(): value for name, value in page.headers.items()}
    return decode(page.payload, charset_of(headers.get("content-type", "")))
