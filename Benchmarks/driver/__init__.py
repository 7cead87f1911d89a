"""Drives the benchmarks' servers; see Benchmarks/README.md."""
