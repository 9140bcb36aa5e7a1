"""What can go wrong between a site and the archive; one class per thing that a person can do."""


class CrawlError(Exception):
    """Root. `url` is the address where it happened, `reason` one line that a person can act on."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{reason}: {url}")
        self.url = url
        self.reason = reason
