"""Counts what a request allocates, and what it has done on other threads."""

import mmap
import pathlib
import re
import struct
import subprocess
import tempfile
import time

from . import build
from .client import Client
from .servers import Server

LIBRARY = build.path("probe")
# As in Sources/Probe/include/probe.h.
COUNTERS = struct.Struct("4Q")
NAMES = ("allocations", "wakeups", "global_jobs")
TRACING = 24

WARM_UP = 1_000
REQUESTS = 10_000


def environment(**others):
    """What loads the probe into a process."""
    return {"LD_PRELOAD": str(LIBRARY), **others}


class Probe:
    """A server with the probe loaded, and one client of it."""

    def __init__(self, kind, cores, others=None):
        self.file = tempfile.NamedTemporaryFile()
        self.file.write(bytes(COUNTERS.size))
        self.file.flush()
        self.counters = mmap.mmap(self.file.fileno(), COUNTERS.size)
        self.server = Server(kind, cores, environment=environment(KOA_PROBE=self.file.name, **(others or {})))
        self.client = Client(self.server.port, kind.target, *self.server.request)

    def __enter__(self):
        self.ask(WARM_UP)
        return self

    def __exit__(self, *_):
        self.client.close()
        self.server.stop()

    def ask(self, requests):
        for _ in range(requests):
            self.client.request()
        # What the server does behind its last response belongs to it.
        time.sleep(0.2)

    def count(self):
        """What one request does, as the mean of many."""
        before = COUNTERS.unpack(self.counters)
        self.ask(REQUESTS)
        after = COUNTERS.unpack(self.counters)
        return {name: (after[i] - before[i]) / REQUESTS for i, name in enumerate(NAMES)}

    def stacks(self):
        """The call stacks of one request's allocations, with the names of functions."""
        self.counters[TRACING] = 1
        self.ask(1)
        self.counters[TRACING] = 0
        return symbolicate(self.server.errors())


def symbolicate(text):
    """Gives addresses (`path(+0x12)[0x…]`, or `path(name+0x12)[0x…]`) the names of their functions."""
    unnamed = re.compile(r"^(/\S+?)\(\+(0x[0-9a-f]+)\)\[.*$", re.MULTILINE)
    names = {}
    for module in {found[1] for found in unnamed.finditer(text)}:
        addresses = sorted({found[2] for found in unnamed.finditer(text) if found[1] == module})
        # A return address is behind its call.
        calls = "\n".join(hex(int(address, 16) - 1) for address in addresses)
        command = ["llvm-symbolizer", "--obj", module, "--no-inlines", "--relativenames"]
        output = subprocess.run(command, input=calls, capture_output=True, text=True, check=True).stdout
        for address, lines in zip(addresses, output.strip().split("\n\n")):
            function, place = lines.split("\n")[:2]
            names[module, address] = f"{function}  {pathlib.Path(place).name}"
    text = unnamed.sub(lambda found: f"    {names.get((found[1], found[2]), found[0])}", text)
    text = re.sub(r"^/\S+?\((\w+)\+0x[0-9a-f]+\)\[.*$", r"    \1", text, flags=re.MULTILINE)
    command = ["swift", "demangle", "--compact", "--simplified"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
