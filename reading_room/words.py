"""Every word that the reading room says, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from reading_room.words_api import API
from reading_room.words_edits import EDITS
from reading_room.words_failures import FAILURES
from reading_room.words_machines import MACHINES
from reading_room.words_names import NAMES
from reading_room.words_pages import PAGES
from reading_room.words_reading import READING

WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    NAMES | PAGES | READING | EDITS | FAILURES | MACHINES | API
)
