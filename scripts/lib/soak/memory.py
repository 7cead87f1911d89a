"""Very many requests, of which nothing may be left."""

import pathlib
import subprocess

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
    # It ends when it has them all, long before the time is up.
    command = ["wrk", "-t1", "-c32", "-d600s", "-s", SCRIPT, server.url, "--", str(requests)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
