"""How well and how cheaply article pages are read: this reader beside the others.

`python -m benchmarks.reading`. Every reader runs in a process of its own (`worker`), the other
tools in an environment of their own (`.venv/bench`), so that none of them warms, slows or
contradicts another. Whoever adds one names it in `others`.
"""
