"""Notifications: what is told to people who do not look, and to whom it was told already."""
