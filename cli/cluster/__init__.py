"""Many machines: site crawls and snapshots as jobs of procrastinate in the archive's database."""
