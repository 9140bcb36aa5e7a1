"""Pages that lead elsewhere by themselves (`<meta http-equiv="refresh">`)."""

from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import Request, Response


class Refreshing(MetaRefreshMiddleware):
    """Scrapy's middleware, where a page's charset is none of a text (`undefined`, `rot13`): Scrapy
    cannot decode it then, and the page would be lost. `crawler.reading.decode` can."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        try:
            return super().process_response(request, response)
        except (LookupError, UnicodeError):
            return response
