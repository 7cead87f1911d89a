"""The report: Markdown tables of medians."""

from . import goals
from .load import median, ratio


def report(results):
    """All the tables that the results have figures for."""
    settings = results["settings"]
    machine = results["machine"]
    sections = [
        f"{machine['processor']}, {machine['cores']} cores, {machine['swift']}, Koa {machine['commit']}; "
        f"medians of {settings['rounds']} rounds of {settings['seconds']} s, ratios of requests/s within a round",
        loads("One event loop, on a core of its own", results["one_loop"]),
    ]
    if results["several_loops"]:
        title = f"{settings['loops']} event loops"
        if settings["shares_cores"]:
            title += ", on cores that wrk needs too"
        sections.append(loads(title, results["several_loops"]))
    sections.append(requests(results["requests"]))
    sections.append(memory(results["memory"]))
    if results["json"]:
        sections.append(json_coding(results["json"]))
    sections.append(goals.report(results))
    return "\n\n".join(sections)


def loads(title, results):
    rows = []
    for server, load in dict.fromkeys((result["server"], result["load"]) for result in results):
        of = lambda figure: median(results, server, load, figure)
        rows.append([
            server,
            load,
            number(of("requests_per_second")),
            number(of("user_microseconds"), 2),
            number(of("system_microseconds"), 2),
            number(of("p50_microseconds")),
            number(of("p99_microseconds")),
            number(max(result["peak_kb"] for result in results if result["server"] == server) / 1024, 1),
            number(ratio(results, server, "nio", load), 2),
            number(ratio(results, server, "hummingbird", load), 2),
        ])
    rows.sort(key=lambda row: row[1] != "plain" and 1 + (row[1] != "pipelined"))
    heads = ["server", "load", "requests/s", "user µs", "system µs", "p50 µs", "p99 µs", "peak MB", "/ nio", "/ humm."]
    text = section(title, heads, rows, texts=2)
    for server, load in dict.fromkeys((one["server"], one["load"]) for one in results if one["errors"]):
        errors = sum(one["errors"] for one in results if (one["server"], one["load"]) == (server, load))
        text += f"\n\n{server}, {load}: wrk counted {errors} errors in all rounds"
    return text


def requests(results):
    rows = [
        [server, *(number(counts[name], 2) for name in ("allocations", "wakeups", "global_jobs"))]
        for server, counts in results.items()
    ]
    heads = ["server", "allocations", "wake-ups of the loop", "jobs on other threads"]
    return section("A request, on a kept connection", heads, rows)


def memory(results):
    rows = [
        [server, number(figures["idle_kb"] / 1024, 1), number(figures["connection_kb"], 1)]
        for server, figures in results.items()
    ]
    counts = {figures["connections"] for figures in results.values()}
    heads = ["server", "idle MB", "KB a connection"]
    return section(f"Idle: the server, and each of {max(counts, default=0):,} kept connections", heads, rows)


def json_coding(results):
    rows = [
        [one["name"], one["bytes"], one["koa"], one["foundation"], number(one["foundation"] / one["koa"], 2)]
        for one in results
    ]
    return section("JSON", ["what", "bytes", "Koa ns", "Foundation ns", "ratio"], rows)


def section(title, heads, rows, texts=1):
    """A Markdown table with aligned columns, the first `texts` of which are texts."""
    cells = [list(map(str, row)) for row in [heads, *rows]]
    widths = [max(map(len, column)) for column in zip(*cells)]
    rule = ["-" * width if i < texts else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    lines = [[cell.ljust(widths[i]) if i < texts else cell.rjust(widths[i]) for i, cell in enumerate(row)] for row in cells]
    return "\n".join([f"## {title}", "", *(f"| {' | '.join(row)} |" for row in [lines[0], rule, *lines[1:]])])


def number(value, digits=0):
    return "–" if value is None else f"{value:.{digits}f}"
