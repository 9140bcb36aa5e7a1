"""What a tutorial would have one write: trafilatura on whole pages, the ORM, a commit an item."""

import os
from collections.abc import Iterator
from typing import Any

import trafilatura
from scrapy.http import Response
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from trafilatura.settings import Document

from benchmarks.crawling.bare import Bare


class Base(DeclarativeBase):
    pass


class Doc(Base):
    __tablename__ = "docs"
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str | None]
    date: Mapped[str | None]
    text: Mapped[str | None]


class Save:
    """The pipeline."""

    def open_spider(self) -> None:
        self.engine = create_engine(os.environ["ARCHIVE_URL"])
        Base.metadata.create_all(self.engine)

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        with Session(self.engine) as session:
            found = session.query(Doc).filter_by(url=item["url"]).first()
            session.add(found or Doc(**item))
            session.commit()
        return item

    def close_spider(self) -> None:
        self.engine.dispose()


class Tutorial(Bare):
    """Downloads, extracts and saves."""

    name = "tutorial"
    custom_settings = {**Bare.custom_settings, "ITEM_PIPELINES": {Save: 100}}  # noqa: RUF012

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:  # type: ignore[override]
        told = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
        if isinstance(told, Document):
            yield {
                "url": response.url,
                "title": told.title,
                "date": told.date,
                "text": told.text,
            }
