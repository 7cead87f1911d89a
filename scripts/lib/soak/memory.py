"""Very many requests, of which nothing may be left."""

import pathlib
import signal
import subprocess
import time

from .report import needs
from .server import Server

SCRIPT = pathlib.Path(__file__).with_name("requests.lua")
MOST_GROWTH = 5


@needs("wrk")
def check(report, sizes):
    with Server() as server:
        load(server, sizes.warm_up)
        early = server.settled_memory()
        load(server, sizes.requests - sizes.warm_up)
        late, requests = server.settled_memory(), server.counters()["requests"]
        report.check(f"{requests} requests, at least {sizes.requests}", requests >= sizes.requests)
        growth = (late - early) / early * 100
        report.check(
            f"{early} KB after {sizes.warm_up} requests, {late} KB at the end: {growth:+.1f} %, at most +{MOST_GROWTH}",
            growth <= MOST_GROWTH,
        )
        report.check_files(server)


def load(server, requests):
    """Sends so many requests, and a few more."""
    enough = server.counters()["requests"] + requests
    # wrk goes on for all of its time, whatever its script does; an interrupt lets it end what it has begun.
    command = ["wrk", "-t1", "-c32", "-d1h", "-s", SCRIPT, server.url]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as wrk:
        try:
            while server.counters()["requests"] < enough:
                if wrk.poll() is not None:
                    raise RuntimeError(f"wrk ended with {wrk.returncode}")
                time.sleep(0.1)
        finally:
            wrk.send_signal(signal.SIGINT)
