"""The reading room: how the archive is consulted on the web. It reads, and never writes."""
