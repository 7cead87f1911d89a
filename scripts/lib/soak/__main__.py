"""Wears a release build of a server out, with its default timeouts, and checks that it stays well.

Each part starts a server of its own. Each check is a line that ends with ok or FAILED; the last line reads
`N passed, M failed`, and the exit status is 0 when nothing failed.
"""

import argparse
import sys

from driver import build, memory as limits

from . import idle, memory, sessions, shutdown, slow, uploads
from .report import Report
from .sizes import FULL, QUICK

PARTS = {
    "slow-headers": slow.check_headers,
    "slow-bodies": slow.check_bodies,
    "idle": idle.check,
    "memory": memory.check,
    "uploads": uploads.check,
    "shutdown": shutdown.check,
    "sessions": sessions.check_kills,
    "databases": sessions.check_databases,
}


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"all, or some of: {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="a tenth of the load: a first look")
    chosen = parser.parse_args()
    unknown = [part for part in chosen.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}: {', '.join(PARTS)}")
    if sys.platform != "linux":
        parser.error("it reads /proc as Linux has it")
    return chosen


def main():
    chosen = arguments()
    parts = list(dict.fromkeys(chosen.parts)) or list(PARTS)
    sizes = QUICK if chosen.quick else FULL
    # Each tool is a package of the same name.
    for tool in sorted({tool for part in parts for tool in PARTS[part].tools}):
        build.require(tool, tool)
    limits.allow(sizes.idle)
    build.build("bench-koa")
    report = Report()
    for part in parts:
        report.part = part
        PARTS[part](report, sizes)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
