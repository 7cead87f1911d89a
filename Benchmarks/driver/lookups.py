"""How long the router looks for a route, and what that allocates, by the number of its routes."""

import sys

from . import build, probe, program

# As in Sources/bench-router/main.swift.
SIZES = (10, 1_000, 10_000)


def measure(core):
    for product in ("bench-router", "probe"):
        build.build(product)
    print("router", file=sys.stderr, flush=True)
    times = program.figures("bench-router", core)
    counts = program.figures("bench-router", core, probe.environment())
    return [
        {"name": time["name"].replace("_", " "), "nanoseconds": by_size(time), "allocations": by_size(count)}
        for time, count in zip(times, counts)
    ]


def by_size(figures):
    return [float(figures[f"of{size}"]) for size in SIZES]
