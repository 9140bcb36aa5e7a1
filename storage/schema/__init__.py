"""The tables. Facts are append-only; readings can be rebuilt from them.

The names that researchers use are the contract of docs/sql.md: some are these tables, others are
the views of `storage.contract`, which join a fact with the readings made of it.
"""

from storage.schema.base import metadata
from storage.schema.facts import capture_facts, capture_parts, dictionaries, payloads
from storage.schema.fixity import capture_chain, crawl_seals, seals, version_chain
from storage.schema.lists import (
    articles,
    channel_names,
    channels,
    crawls,
    elsewhere,
    name_sightings,
    placements,
    shown_order,
    sites,
    walks,
)
from storage.schema.readings import (
    DOUBTED,
    capture_readings,
    content_attachments,
    contents,
    document_texts,
    edits,
    events,
    version_files,
    version_spans,
    whole_body,
    whole_contents,
    withdrawn_versions,
)
from storage.schema.working import frontier, holds, leases, listing_journal, tellings

__all__ = [
    "DOUBTED",
    "articles",
    "capture_chain",
    "capture_facts",
    "capture_parts",
    "capture_readings",
    "channel_names",
    "channels",
    "content_attachments",
    "contents",
    "crawl_seals",
    "crawls",
    "dictionaries",
    "document_texts",
    "edits",
    "elsewhere",
    "events",
    "frontier",
    "holds",
    "leases",
    "listing_journal",
    "metadata",
    "name_sightings",
    "payloads",
    "placements",
    "seals",
    "shown_order",
    "sites",
    "tellings",
    "version_chain",
    "version_files",
    "version_spans",
    "walks",
    "whole_body",
    "whole_contents",
    "withdrawn_versions",
]
