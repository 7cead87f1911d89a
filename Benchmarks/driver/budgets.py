"""What a request may cost: tests that can't flicker, because they count."""

from . import build, probe
from .servers import KINDS

# The most calls of malloc and its kin for a request, on a kept connection, by scenario of bench-koa.
ALLOCATIONS = {"hello": 10, "middleware10": 14, "json": 30, "stream": 20, "router": 13, "post": 76, "gzip": 34}
# Neither an event loop that another thread woke, nor a job for the global executor.
ELSEWHERE = ("wakeups", "global_jobs")
# The server's clock ticks meanwhile.
SLACK = 0.1


def check(cores):
    """Prints each figure and whether it is within its budget; the last line reads `N passed, M failed`."""
    for product in ("bench-koa", "probe"):
        build.build(product)
    passed = failed = 0
    for kind in KINDS:
        # How often a file or an upload wakes the loop depends on how its bytes arrive.
        if kind.product != "bench-koa" or kind.scenario not in ALLOCATIONS:
            continue
        with probe.Probe(kind, cores) as server:
            counts = server.count()
        budgets = {"allocations": ALLOCATIONS[kind.scenario], **dict.fromkeys(ELSEWHERE, 0)}
        for name, budget in budgets.items():
            is_within = counts[name] <= budget + SLACK
            passed += is_within
            failed += not is_within
            verdict = "ok" if is_within else "FAILED"
            print(f"{kind.scenario}: {counts[name]:.2f} {name} a request, at most {budget}: {verdict}")
    print(f"{passed} passed, {failed} failed")
    return failed == 0
