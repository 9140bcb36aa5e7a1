"""Fixity: every payload against its digest, every reading against the facts, every row against its
neighbours, its chain or its seal.

What none of them repeats cannot be verified; docs/operating.md names it.
"""

from storage.verifying.anchors import Anchor, newest_anchor
from storage.verifying.findings import Finding, Looked, Problem
from storage.verifying.verification import planned, verify

__all__ = ["Anchor", "Finding", "Looked", "Problem", "newest_anchor", "planned", "verify"]
