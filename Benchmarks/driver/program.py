"""Runs programs that measure themselves."""

import os
import re
import subprocess

from . import build


def figures(product, core, environment=None):
    """The lines of figures that a program prints, as texts by their names."""
    command = ["taskset", "--cpu-list", str(core), build.path(product)]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, **(environment or {})}
    )
    return [dict(re.findall(r"(\w+)=(\S+)", line)) for line in run.stdout.splitlines()]
