"""What can go wrong between a site and the archive; one class per thing that a person can do."""


class CrawlError(Exception):
    """Root. `url` is the address where it happened, `reason` one line that a person can act on."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{reason}: {url}")
        self.url = url
        self.reason = reason


class LayoutChanged(CrawlError):
    """The page is there, but in no form that we know. A person must look."""


class NotSuchASite(CrawlError):
    """The address answers, but nothing on its page is of 大汉版通. Check the address."""


class PrivateAddress(CrawlError):
    """The address leads to this machine or a private network. Never fetched."""
