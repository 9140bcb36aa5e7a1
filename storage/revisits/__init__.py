"""When a held article should be captured again, and why. Pure."""

from storage.revisits.policy import Decision, Policy, Why, decide
from storage.revisits.rates import Watched, busy_days, chances_of_change

__all__ = [
    "Decision",
    "Policy",
    "Watched",
    "Why",
    "busy_days",
    "chances_of_change",
    "decide",
]
