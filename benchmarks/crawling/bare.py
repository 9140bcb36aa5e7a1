"""Scrapy as it comes, downloading the addresses of a file and doing nothing with them."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.http import Response


class Bare(scrapy.Spider):
    """Downloads. `custom_settings` are only what any project sets: quiet logs, and the meter."""

    name = "bare"
    custom_settings = {  # noqa: RUF012
        "EXTENSIONS": {"benchmarks.crawling.meter.Meter": 0},
        "LOG_LEVEL": "WARNING",
    }

    async def start(self) -> AsyncIterator[Any]:
        for url in Path(os.environ["ADDRESSES"]).read_text(encoding="utf-8").split():
            yield scrapy.Request(url)

    def parse(self, response: Response) -> None:
        del response
