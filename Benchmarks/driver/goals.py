"""What the figures have to reach."""

from . import table
from .load import ratio
from .lookups import SIZES


def goals(results):
    """Each goal: what, the figure or None, and the least or the most that it may be."""
    loads = results["one_loop"]
    counts = results["requests"].get("koa hello")
    memory = results["memory"]
    koa, nio = memory.get("koa hello"), memory.get("nio")
    yield "hello, requests/s / bare SwiftNIO", ratio(loads, "koa hello", "nio", "plain"), 1.0, None
    yield "ten middleware / bare SwiftNIO", ratio(loads, "koa middleware10", "nio", "plain"), 0.95, None
    yield "hello / Hummingbird", ratio(loads, "koa hello", "hummingbird", "plain"), 2.5, None
    yield "hello, pipelined / Hummingbird", ratio(loads, "koa hello", "hummingbird", "pipelined"), 5, None
    yield "router of 100 routes / hello", ratio(loads, "koa router", "koa hello", "plain"), 0.95, None
    yield "router / Hummingbird's", ratio(loads, "koa router", "hummingbird router", "plain"), 2.5, None
    for name, what in (("post", "1 KB of JSON decoded"), ("file", "a file of 100 KB"), ("upload", "an upload of 1 MB"), ("gzip", "gzip")):
        yield f"{what} / Hummingbird's", ratio(loads, f"koa {name}", f"hummingbird {name}", "plain"), 1.5, None
    for store, most in (("cookie", 2.0), ("memory", 1.6), ("sqlite", 2.5)):
        time = ratio(loads, f"koa session {store}", "koa hello", "plain", "user_microseconds")
        yield f"a session, {store}: user time / hello", time, None, most
    yield "a session, redis: requests/s / hello", ratio(loads, "koa session redis", "koa hello", "plain"), 0.33, None
    yield "idle memory / bare SwiftNIO", koa and nio and koa["idle_kb"] / nio["idle_kb"], None, 1.1
    yield "an idle connection, KB", koa and koa["connection_kb"], None, 8
    yield "allocations a request", counts and counts["allocations"], None, 12
    yield "jobs from other threads a request", counts and counts["wakeups"] + counts["global_jobs"], None, 0
    for one in results["json"]:
        least = 5 if one["name"].endswith("encode") else 3
        yield f"JSON {one['name']}, times Foundation's speed", one["foundation"] / one["koa"], least, None
    for one in results["lookups"]:
        smallest, *others = one["nanoseconds"]
        for size, time in zip(SIZES[1:], others):
            yield f"lookup of {one['name']}, of {size:,} routes / of {SIZES[0]}", time / smallest, None, 1.3


def rows(results):
    for what, figure, least, most in goals(results):
        if figure is None:
            continue
        # As precise as it is printed.
        rounded = round(figure, 2)
        is_met = rounded >= least if least is not None else rounded <= most
        goal = f"≥ {least}" if least is not None else f"≤ {most}"
        yield [what, table.number(figure, 2), goal, "met" if is_met else "missed"]


def report(results):
    return table.table(["figure", "measured", "goal", ""], list(rows(results)))
