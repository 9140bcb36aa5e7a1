"""A randomized year of a replica site: does the archive say of it what is true, and nothing else?

`python -m benchmarks.year`. A year is a seeded plan: what the site shows on each day is a
`replica.World` that changes at a `Pace`; when somebody looks at it, in which weather, and which
captures arrive late, is a `Plan`. `truth` says what those captures prove, without the archive's
help. `telling` records them through the archive's front door, in whatever order; `crawling` has
the real spiders crawl the replica instead. `held` asks the archive what it made of them, and
`score` compares.
"""
