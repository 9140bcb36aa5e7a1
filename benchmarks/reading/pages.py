"""A page and what a person, or the site that made it, says that it states."""

from dataclasses import dataclass
from typing import Any

FIELDS = (
    "title",
    "published",
    "source",
    "author",
    "doc_number",
    "info",
    "breadcrumb",
    "attachments",
    "images",
)
"""The fields that are right or wrong; the body is measured as well."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be read. Pages of one `group` have their figures summed up together.

    `truth` holds `body` and every name of `FIELDS`: addresses absolute, `attachments` as pairs
    of name and address, `breadcrumb` as names from 首页 down.
    """

    name: str
    group: str
    url: str
    html: str
    truth: dict[str, Any]
