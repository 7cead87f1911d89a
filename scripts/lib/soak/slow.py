"""Clients that send their requests as slowly as they can, while another one wants to be served."""

import re
import subprocess
import time

from .report import needs
from .server import Server

# The timeouts of a head and of a body, and a second.
LONGEST = 11
MOST_P99 = 50
RATE = 500
TOOLS = ("slowhttptest", "wrk")


@needs(*TOOLS)
def check_headers(report, sizes):
    check(report, sizes.slow, ["-H"], "/")


@needs(*TOOLS)
def check_bodies(report, sizes):
    check(report, sizes.slow, ["-B", "-t", "POST"], "/body")


def check(report, count, mode, path):
    with Server() as server:
        seconds = LONGEST + count // RATE + 2
        command = ["wrk", "--latency", "-t1", "-c4", f"-d{seconds}s", f"{server.url}/"]
        normal = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        time.sleep(0.5)
        known, before = server.sockets(), server.counters()
        command = ["slowhttptest", "-c", str(count), *mode, "-i", "5", "-r", str(RATE), "-l", "25", "-u", server.url + path]
        attack = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        ages, most = watch(server, known, attack)
        # How it went is told at the end; a pipe has room for what comes before.
        verdict = attack.communicate()[0]
        timeouts = server.counters()["timeouts"] - before["timeouts"]
        p99, errors = figures(normal.communicate()[0])
        oldest = max(ages, default=0)
        report.check(f"{most} slow connections at a time, of {count}", most >= count)
        report.check(f"the longest was open for {oldest:.2f} s, at most {LONGEST}", oldest <= LONGEST)
        report.check(f"the server ended {timeouts} of them", timeouts >= count)
        available = "NO" not in re.findall(r"service available:\W*(?:\x1b\[[\d;]*m)?(YES|NO)", verdict)
        report.check(f"slowhttptest finds the service {'' if available else 'un'}available", available)
        report.check(f"p99 of a normal client {p99:.2f} ms, below {MOST_P99}", p99 < MOST_P99)
        report.check(f"{errors} errors of a normal client", errors == 0)
        report.check_files(server)


def watch(server, known, attack):
    """The seconds that each new connection was open, as the server's open files tell; and the most at a time."""
    since, ages, most = {}, [], 0
    while attack.poll() is None or since:
        now, open_now = time.monotonic(), server.sockets() - known
        for name in since.keys() - open_now:
            ages.append(now - since.pop(name))
        for name in open_now - since.keys():
            since[name] = now
        most = max(most, len(open_now))
        time.sleep(0.1)
    return ages, most


def figures(output):
    """What wrk says: the 99th percentile in milliseconds, and the number of errors."""
    number, unit = re.search(r"^\s*99%\s+([\d.]+)(us|ms|s)$", output, re.MULTILINE).groups()
    errors = sum(map(int, re.findall(r"(?:connect|read|write|timeout|responses:) (\d+)", output)))
    return float(number) * {"us": 0.001, "ms": 1, "s": 1_000}[unit], errors
