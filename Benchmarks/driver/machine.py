"""Where the figures come from."""

import os
import pathlib
import platform
import re
import subprocess

from . import build


def describe():
    """The machine, the compiler and the version of Koa."""
    info = pathlib.Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*: (.*)$", info, re.MULTILINE)
    return {
        "processor": model[1] if model else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.platform(),
        "swift": re.search(r"Swift version \S+", output("swift", "--version"))[0],
        "commit": output("git", "-C", build.PACKAGE, "describe", "--always", "--dirty", "--tags"),
    }


def output(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()
