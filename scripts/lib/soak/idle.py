"""Very many clients that stay connected and want nothing."""

import http.client
import time

from .report import needs
from .server import Server


@needs()
def check(report, sizes):
    with Server() as server:
        warm_up = [server.connect() for _ in range(100)]
        ask(warm_up)
        before = server.settled_memory()
        clients = [server.connect() for _ in range(sizes.idle)]
        answers = ask(clients)
        report.check(f"{answers} of {sizes.idle} connections answered", answers == sizes.idle)
        each = (server.settled_memory() - before) / sizes.idle
        # As much as the benchmarks allow.
        report.check(f"{each:.2f} KB for each, at most 8", each <= 8)
        time.sleep(5)
        answers = ask(clients)
        report.check(f"{answers} answered again after they were idle", answers == sizes.idle)
        for client in warm_up + clients:
            client.close()
        report.check_files(server)


def ask(clients):
    """A request on each; the number that were answered well."""
    answers = 0
    for client in clients:
        try:
            # A client that finds its connection closed must not open another one.
            client.auto_open = 0
            client.request("GET", "/")
            response = client.getresponse()
            answers += response.read() == b"Hello World" and response.status == 200
        except (OSError, http.client.HTTPException):
            pass
    return answers
