"""The recorded pages of real sites with their labels, where they lie beside the checkout."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from benchmarks.reading.pages import Page
from crawler.reading import decode

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "pages"
GROUP = "recorded"


def recorded_pages(folder: Path) -> list[Page]:
    """The articles among the labelled pages of a folder. Raises FileNotFoundError without it."""
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    articles = {name: label for name, label in labels.items() if label["kind"] == "article"}
    return [
        Page(name, GROUP, label["url"], _html(folder / name), _truth(label))
        for name, label in articles.items()
    ]


def _html(path: Path) -> str:
    return decode(path.read_bytes(), None)


def _truth(label: dict[str, Any]) -> dict[str, Any]:
    url = label["url"]
    own = ("title", "published", "source", "author", "doc_number", "breadcrumb")
    return {name: label[name] for name in own} | {
        "info": label["info_table"],
        "attachments": [[a["name"], urljoin(url, a["url"])] for a in label["attachments"]],
        "images": [urljoin(url, image) for image in label["images"]],
        "body": "\n".join(label["paragraphs"]),
    }
