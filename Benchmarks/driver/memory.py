"""The memory of idle servers and of idle connections."""

import resource
import sys
import time

from .client import Client
from .servers import Server


def measure(kind, cores, connections):
    """An idle server in KB, and how much each of many idle connections, which has had one request, adds to it."""
    with Server(kind, cores) as server:
        time.sleep(0.5)
        idle, private = server.memory("VmRSS"), server.memory("RssAnon")
        clients = [asked(server.port) for _ in range(100)]
        before = settled(server)
        clients += [asked(server.port) for _ in range(connections)]
        after = settled(server)
        for client in clients:
            client.close()
    return {
        "idle_kb": idle,
        "idle_private_kb": private,
        "connections": connections,
        "connection_kb": (after - before) / connections,
    }


def asked(port):
    client = Client(port)
    client.request()
    return client


def settled(server):
    time.sleep(0.5)
    return server.memory("VmRSS")


def allow(connections):
    """Raises the limit of open files, which the servers inherit, or ends with advice."""
    needed = connections + 1_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        sys.exit(f"error: {connections} connections need `ulimit -Hn {needed}`; here it is {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
