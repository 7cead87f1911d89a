"""The server that is worn out, as a process."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

from driver import build


def wait(condition, seconds):
    """Looks every 50 ms whether something has come true, and returns it; or what it was last."""
    end = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return value


class Server:
    """bench-koa on every core, stopped at the end of a `with` block."""

    def __init__(self):
        self.log = tempfile.NamedTemporaryFile("w")
        loops = str(len(os.sched_getaffinity(0)))
        command = [build.path("bench-koa"), "soak", "0", loops]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT)
        found = wait(lambda: re.search(r"listening on (http://[\d.]+:(\d+))", self.logged()), 10)
        if not found:
            self.stop()
            sys.exit(f"error: the server didn't start: {self.logged()}")
        self.url, self.port = found[1], int(found[2])
        # Its first request opens nothing that stays; whatever it opens for its work is open then.
        self.counters()
        self.files_at_start = self.settled_files()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def logged(self):
        # Opened anew, since the server writes where its own copy stands.
        with open(self.log.name) as file:
            return file.read()

    def connect(self):
        """A connection that is kept."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        client.connect()
        return client

    def counters(self):
        """What the server says that it has done."""
        client = self.connect()
        try:
            client.request("GET", "/counters", headers={"Connection": "close"})
            return json.loads(client.getresponse().read())
        finally:
            client.close()

    def memory(self):
        """All memory that it has now, in KB."""
        return self.status("VmRSS")

    def peak_memory(self):
        """The most memory that it ever had, in KB."""
        return self.status("VmHWM")

    def status(self, name):
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(f"{name}:"))

    def settled_memory(self):
        time.sleep(1)
        return self.memory()

    def files(self):
        """The number of its open files."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def settled_files(self):
        time.sleep(0.5)
        return self.files()

    def wait_for_files(self):
        """Gives it time to close what its clients have closed."""
        wait(lambda: self.files() <= self.files_at_start, 10)
        return self.files()

    def sockets(self):
        """The names of its open sockets, each of which lasts as long as the connection."""
        folder = f"/proc/{self.process.pid}/fd"
        names = set()
        for file in os.listdir(folder):
            try:
                name = os.readlink(f"{folder}/{file}")
            except FileNotFoundError:
                continue
            if name.startswith("socket:"):
                names.add(name)
        return names
