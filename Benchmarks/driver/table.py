"""The report: Markdown tables of medians."""

from . import goals
from .load import median, ratio, values
from .lookups import SIZES
from .servers import LOADS


def report(results):
    """All the tables that the results have figures for."""
    settings = results["settings"]
    machine = results["machine"]
    several = f"{settings['loops']} event loops" + (", on cores that wrk needs too" if settings["shares_cores"] else "")
    sections = (
        (loads, "One event loop, on a core of its own", results["one_loop"]),
        (loads, several, results["several_loops"]),
        (requests, "A request, on a kept connection", results["requests"]),
        (memory, "Idle servers and idle connections", results["memory"]),
        (json_coding, "JSON", results["json"]),
        (lookups, "Router: a lookup by the number of routes", results["lookups"]),
        (goals.report, "Goals", results),
    )
    head = (
        f"{machine['processor']}, {machine['cores']} cores, {machine['swift']}, Koa {machine['commit']}; "
        f"medians of {settings['rounds']} rounds of {settings['seconds']} s, ratios of requests/s within a round"
    )
    return "\n\n".join([head, *(f"## {title}\n\n{show(figures)}" for show, title, figures in sections if figures)])


def loads(results):
    rows = [load_row(results, server, load) for load in LOADS for server in servers(results, load)]
    heads = ["server", "load", "requests/s", "user µs", "system µs"]
    text = table([*heads, "p50 µs", "p99 µs", "peak MB", "/ nio", "/ humm."], rows, texts=2)
    for server, load in dict.fromkeys((one["server"], one["load"]) for one in results if one["errors"]):
        errors = sum(values(results, server, load, "errors"))
        text += f"\n\n{server}, {load}: wrk counted {errors} errors in all rounds"
    return text


def servers(results, load):
    return dict.fromkeys(result["server"] for result in results if result["load"] == load)


def load_row(results, server, load):
    return [
        server,
        load,
        number(median(results, server, load, "requests_per_second")),
        number(median(results, server, load, "user_microseconds"), 2),
        number(median(results, server, load, "system_microseconds"), 2),
        number(median(results, server, load, "p50_microseconds")),
        number(median(results, server, load, "p99_microseconds")),
        number(max(values(results, server, load, "peak_kb")) / 1024, 1),
        number(ratio(results, server, "nio", load), 2),
        number(ratio(results, server, "hummingbird", load), 2),
    ]


def requests(results):
    rows = [
        [server, *(number(counts[name], 2) for name in ("allocations", "wakeups", "global_jobs"))]
        for server, counts in results.items()
    ]
    return table(["server", "allocations", "wake-ups of the loop", "jobs on other threads"], rows)


def memory(results):
    rows = [
        [
            server,
            number(figures["idle_kb"] / 1024, 1),
            number(figures["idle_private_kb"] / 1024, 1),
            f"{figures['connections']:,}",
            number(figures["connection_kb"], 1),
        ]
        for server, figures in results.items()
    ]
    return table(["server", "idle MB", "private MB", "connections", "KB each"], rows)


def json_coding(results):
    rows = [
        [one["name"], one["bytes"], one["koa"], one["foundation"], number(one["foundation"] / one["koa"], 2)]
        for one in results
    ]
    return table(["what", "bytes", "Koa ns", "Foundation ns", "ratio"], rows)


def lookups(results):
    rows = [
        [
            one["name"],
            *(number(time) for time in one["nanoseconds"]),
            *(number(time / one["nanoseconds"][0], 2) for time in one["nanoseconds"][1:]),
            *(number(count, 2) for count in one["allocations"]),
        ]
        for one in results
    ]
    heads = [f"{size:,}: ns" for size in SIZES] + [f"/ {SIZES[0]}" for _ in SIZES[1:]]
    return table(["route", *heads, *(f"{size:,}: allocations" for size in SIZES)], rows)


def table(heads, rows, texts=1):
    """A Markdown table with aligned columns, the first `texts` of which are texts."""
    cells = [list(map(str, row)) for row in [heads, *rows]]
    widths = [max(map(len, column)) for column in zip(*cells)]
    rule = ["-" * width if i < texts else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    lines = [[align(cell, widths[i], i < texts) for i, cell in enumerate(row)] for row in cells]
    return "\n".join(f"| {' | '.join(row)} |" for row in [lines[0], rule, *lines[1:]])


def align(cell, width, is_text):
    return cell.ljust(width) if is_text else cell.rjust(width)


def number(value, digits=0):
    return "–" if value is None else f"{value:.{digits}f}"
