"""A large archive for benchmarks: invented sites with a history, generated once and reused."""
