"""Consulting the archive: pure questions to a read connection, answered with frozen values."""

from storage.consult.consultation import Comparison, Consultation

__all__ = ["Comparison", "Consultation"]
