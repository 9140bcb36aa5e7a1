"""A comparison as a line of text: what came in [+…+], what went in [-…-]."""

from collections.abc import Iterable

from storage.comparing.diff import ParagraphDiff

_SIGNS = {"same": "{}", "added": "[+{}+]", "removed": "[-{}-]"}


def marked(paragraphs: Iterable[ParagraphDiff]) -> list[str]:
    return [
        "".join(_SIGNS[span.kind].format(span.text) for span in paragraph.spans)
        for paragraph in paragraphs
    ]
