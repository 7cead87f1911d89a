"""Loads servers with wrk."""

import pathlib
import re
import statistics
import subprocess
import sys

SCRIPT = pathlib.Path(__file__).with_name("load.lua")
CONNECTIONS = 32


def run(server, load, seconds, cores):
    """One run of wrk, which gets `cores`: the figures of a request."""
    user, system = server.processor_time()
    command = ["wrk", f"-t{len(cores)}", f"-c{CONNECTIONS * len(cores)}", f"-d{seconds}s", "-s", SCRIPT]
    command = ["taskset", "--cpu-list", ",".join(map(str, cores)), *command]
    url = f"http://127.0.0.1:{server.port}{server.kind.target}"
    output = subprocess.run([*command, url, "--", load, *server.request], capture_output=True, text=True)
    found = re.search(r"^FIGURES (.*)$", output.stdout, re.MULTILINE)
    figures = {name: int(value) for name, value in re.findall(r"(\w+)=(\d+)", found[1])} if found else {}
    requests = figures.get("requests", 0)
    if not requests:
        sys.exit(f"error: {server.kind.name} served nothing: {output.stdout}{output.stderr}{server.errors()}")
    user_now, system_now = server.processor_time()
    return {
        "server": server.kind.name,
        "load": load,
        "requests_per_second": requests / figures["microseconds"] * 1_000_000,
        "user_microseconds": (user_now - user) / requests,
        "system_microseconds": (system_now - system) / requests,
        # wrk's correction for its own waiting can leave a percentile empty, and then says 0.
        "p50_microseconds": figures["p50"] or None,
        "p99_microseconds": figures["p99"] or None,
        "peak_kb": server.memory("VmHWM"),
        "errors": figures["errors"],
    }


def measure(servers, rounds, seconds, cores):
    """All servers under all loads, round by round, so that whatever else the machine does hits all alike."""
    results = []
    for number in range(rounds + 1):
        print("warming up" if number == 0 else f"round {number} of {rounds}", file=sys.stderr, flush=True)
        for load in dict.fromkeys(load for server in servers for load in server.kind.loads):
            for server in servers:
                if load in server.kind.loads:
                    result = run(server, load, seconds if number else 1, cores)
                    if number:
                        results.append({"round": number, **result})
    return results


def values(results, server, load, figure):
    """A figure of all rounds of a server under a load."""
    found = [result for result in results if result["server"] == server and result["load"] == load]
    return [result[figure] for result in found if result[figure] is not None]


def median(results, server, load, figure):
    """The median of a figure, or None."""
    return statistics.median(values(results, server, load, figure) or [None])


def ratio(results, server, other, load, figure="requests_per_second"):
    """The median of the rounds' ratios of a figure, or None."""
    pairs = zip(*(values(results, name, load, figure) for name in (server, other)))
    return statistics.median([first / second for first, second in pairs] or [None])
