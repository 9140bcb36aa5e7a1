"""Schedules: what runs when, written for cron or systemd, and run once each time."""
