"""One question of one reader: what every page is given, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reading_room.here import Here
from reading_room.language import Say
from reading_room.params import Params
from storage import Consultation
from storage.consult.articles import ArticleHeld


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the place in the reading room, its parts by name, the query; and whom."""

    archive: Consultation
    say: Say
    here: Here
    params: Params
    parts: Mapping[str, Any]

    @property
    def as_of(self) -> datetime | None:
        """The instant that is asked about; None for now. Raises BadQuestion."""
        return self.params.as_of

    def article(self) -> ArticleHeld:
        """The article whose number stands in the address. Raises UnknownArticle."""
        return self.archive.find(str(self.parts["id"]))


@dataclass(frozen=True, slots=True)
class Answer:
    """A page: `shown` is what its template is given, `data` what its JSON twin holds."""

    template: str
    shown: Mapping[str, Any]
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An answer that stands at another address of the reading room."""

    address: str
