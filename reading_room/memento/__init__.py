"""Memento (RFC 7089): an article's versions reached by its address and a moment. Each version is a
memento, dated by the capture that first showed it."""
