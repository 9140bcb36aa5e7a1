"""Fixity: every payload against its digest, every reading against the facts, every row against its
neighbours.

What no digest and no neighbour repeats cannot be verified: an address, a header or a time of a
capture that shows no article, and what a reader was not sure of.
"""

from storage.verifying.findings import Finding, Looked, Problem
from storage.verifying.verification import planned, verify

__all__ = ["Finding", "Looked", "Problem", "planned", "verify"]
