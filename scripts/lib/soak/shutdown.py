"""A server that is told to stop while it has much to do."""

import http.client
import signal
import time

from .report import needs
from .server import Server, wait


@needs()
def check(report, sizes):
    with Server() as server:
        clients = [server.connect() for _ in range(sizes.in_flight)]
        for client in clients:
            client.request("GET", "/slow")
        # The request that asks is one of them.
        wait(lambda: server.counters()["activeRequests"] > sizes.in_flight, 1)
        running = server.counters()["activeRequests"] - 1
        server.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        answers = sum(map(is_answered, clients))
        status = server.process.wait(timeout=60)
        seconds = time.monotonic() - began
        report.check(f"{running} requests ran at SIGTERM, of {sizes.in_flight}", running == sizes.in_flight)
        report.check(f"{answers} of them answered", answers == sizes.in_flight)
        report.check(f"the server ended with status {status} after {seconds:.2f} s", status == 0)


def is_answered(client):
    try:
        response = client.getresponse()
        return response.status == 200 and response.read() == b"Finally"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()
