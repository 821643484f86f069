"""Benchmarks: each module prints a table; none asserts a time."""
