"""The servers that are measured, as processes."""

import dataclasses
import http.client
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

from . import build

LOADS = ("plain", "pipelined", "connections")


@dataclasses.dataclass(frozen=True)
class Kind:
    """A server: its program, what it answers with, and the loads that make sense for it."""

    name: str
    product: str
    scenario: str = "hello"
    loads: tuple = LOADS
    target: str = "/"
    # Method, name and value of a header, and a file with the body or its size, for requests that aren't a plain GET.
    request: tuple = ()
    # How many browsers take turns, each with the cookies that its first visit set.
    visitors: int = 0


# As in BenchmarkSupport/RESTRoutes.swift.
ROUTE = "/projects/hello-world"

HERE = pathlib.Path(__file__).parent
ORDER = ("POST", "Content-Type", "application/json", str(HERE / "order.json"))
MEGABYTE = ("POST", "Content-Type", "application/octet-stream", "1048576")
GZIP = ("GET", "Accept-Encoding", "gzip, deflate")

# Where the sessions of a scenario are kept; Redis' is a server that the run starts.
STORES = ("cookie", "memory", "sqlite", "redis")

KINDS = (
    Kind("nio", "bench-nio"),
    Kind("koa hello", "bench-koa"),
    Kind("koa middleware10", "bench-koa", "middleware10"),
    Kind("koa json", "bench-koa", "json", ("plain",)),
    Kind("koa stream", "bench-koa", "stream", ("plain",)),
    Kind("koa router", "bench-koa", "router", ("plain",), ROUTE),
    Kind("koa post", "bench-koa", "post", ("plain",), request=ORDER),
    Kind("koa upload", "bench-koa", "upload", ("plain",), request=MEGABYTE),
    Kind("koa file", "bench-koa", "file", ("plain",), "/app.js"),
    Kind("koa gzip", "bench-koa", "gzip", ("plain",), request=GZIP),
    *(Kind(f"koa session {store}", "bench-sessions", store, ("plain",), visitors=256) for store in STORES),
    Kind("hummingbird", "bench-hummingbird"),
    Kind("hummingbird router", "bench-hummingbird", "router", ("plain",), ROUTE),
    Kind("hummingbird post", "bench-hummingbird", "post", ("plain",), request=ORDER),
    Kind("hummingbird upload", "bench-hummingbird", "upload", ("plain",), request=MEGABYTE),
    Kind("hummingbird file", "bench-hummingbird", "file", ("plain",), "/app.js"),
    Kind("hummingbird gzip", "bench-hummingbird", "gzip", ("plain",), request=GZIP),
)


class Server:
    """A running server, pinned to some cores; stopped at the end of a `with` block."""

    def __init__(self, kind, cores, loops=1, environment=None, port=0):
        self.kind = kind
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [build.path(kind.product), kind.scenario, str(port), str(loops)],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env={**os.environ, **(environment or {})},
            preexec_fn=lambda: os.sched_setaffinity(0, cores),
        )
        line = self.process.stdout.readline()
        if not line.startswith("listening on "):
            self.stop()
            sys.exit(f"error: {kind.name} didn't start: {line}{self.errors()}")
        self.port = int(line.split()[-1])
        self.request = kind.request
        if kind.visitors:
            self.cookies = tempfile.NamedTemporaryFile("w")
            self.cookies.write("".join(self.visit() + "\n" for _ in range(kind.visitors)))
            self.cookies.flush()
            self.request = ("GET", "Cookie", "@" + self.cookies.name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def visit(self):
        """The cookies of a browser that has been here once."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", self.kind.target)
        response = connection.getresponse()
        response.read()
        connection.close()
        return "; ".join(line.partition(";")[0] for line in response.headers.get_all("Set-Cookie", []))

    def errors(self):
        """What it has written to its standard error."""
        self.log.seek(0)
        return self.log.read()

    def processor_time(self):
        """The user and the system time that it has used, in microseconds."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        tick = 1_000_000 / os.sysconf("SC_CLK_TCK")
        return float(fields[11]) * tick, float(fields[12]) * tick

    def memory(self, name):
        """A figure of its memory in KB: VmRSS for all, RssAnon for its own, VmHWM for the peak."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(name + ":"))
