"""Measures Koa's server, its JSON coders and its router beside others, all in one run, and prints tables of medians."""

import argparse
import contextlib
import json
import os
import pathlib
import sys

from . import budgets, build, load, lookups, machine, memory, probe, program, stores, table
from .servers import KINDS, Server

CODERS = "json coders"
LOOKUPS = "router lookups"


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds of each load (5)")
    parser.add_argument("--seconds", type=int, default=3, metavar="S", help="how long each run of wrk takes (3)")
    parser.add_argument("--quick", action="store_true", help="3 rounds of 1 s, 500 idle connections: a first look")
    parser.add_argument("--only", metavar="NAME", help="only the servers with NAME in theirs, the json coders or the router lookups")
    parser.add_argument("--results", type=pathlib.Path, metavar="FILE", help="keeps the raw results, as JSON")
    parser.add_argument("--budgets", action="store_true", help="only checks what a request allocates; fails beyond it")
    parser.add_argument("--stacks", metavar="NAME", help="only prints where a request of this server allocates")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.rounds, chosen.seconds = 3, 1
    if chosen.rounds < 1 or chosen.seconds < 1:
        parser.error("there has to be a round of a second")
    if sys.platform != "linux":
        parser.error("it reads /proc and preloads a library as Linux does")
    return parser, chosen


def main():
    parser, chosen = arguments()
    cores = sorted(os.sched_getaffinity(0))
    if chosen.budgets:
        return 0 if budgets.check(cores) else 1
    if chosen.stacks:
        return stacks(parser, chosen.stacks, cores)
    build.require("wrk", "wrk")
    if len(cores) < 2:
        sys.exit("error: the server and wrk need a core each; here is one")
    kinds = [kind for kind in KINDS if (chosen.only or "") in kind.name]
    if any(kind.name == "koa session redis" for kind in kinds):
        build.require("redis-server", "redis-server")
    others = [name for name in (CODERS, LOOKUPS) if (chosen.only or "") in name]
    if not kinds and not others:
        names = [*(kind.name for kind in KINDS), CODERS, LOOKUPS]
        parser.error(f"no server has {chosen.only} in its name: {', '.join(names)}")
    results = measure(kinds, others, chosen, cores)
    print(table.report(results))
    if chosen.results:
        chosen.results.parent.mkdir(parents=True, exist_ok=True)
        chosen.results.write_text(json.dumps(results, indent=1) + "\n")
    return 0


def stacks(parser, name, cores):
    kind = next((kind for kind in KINDS if kind.name == name), None)
    if kind is None:
        parser.error(f"there is no {name}: {', '.join(kind.name for kind in KINDS)}")
    build.require("llvm-symbolizer", "llvm")
    for product in (kind.product, "probe"):
        build.build(product)
    with stores.opened([kind], cores) as environment, probe.Probe(kind, cores, environment) as server:
        print(server.stacks())
    return 0


def measure(kinds, others, chosen, cores):
    """Everything, for the table and for the file."""
    for product in dict.fromkeys([*(kind.product for kind in kinds), *["probe"] * bool(kinds)]):
        build.build(product)
    connections = 500 if chosen.quick else 5_000
    memory.allow(connections)
    loops = max(2, len(cores) // 2)
    # With two cores, several event loops and wrk can't but share them.
    load_cores = cores[loops:] or cores[1:]
    greeting = [kind for kind in kinds if kind.scenario == "hello"]
    return {
        "machine": machine.describe(),
        "settings": {
            "rounds": chosen.rounds,
            "seconds": chosen.seconds,
            "loops": loops,
            "shares_cores": loops == len(cores),
        },
        "one_loop": measure_loads(kinds, chosen, cores[:1], 1, cores[1:2]),
        "several_loops": measure_loads(greeting, chosen, cores[:loops], loops, load_cores),
        "requests": {kind.name: count(kind, cores) for kind in kinds},
        "memory": {kind.name: memory.measure(kind, cores[:1], connections) for kind in greeting},
        "json": measure_json(cores[0]) if CODERS in others else [],
        "lookups": lookups.measure(cores[0]) if LOOKUPS in others else [],
    }


def measure_loads(kinds, chosen, server_cores, loops, load_cores):
    if not kinds:
        return []
    with contextlib.ExitStack() as stack:
        environment = stack.enter_context(stores.opened(kinds, load_cores))
        servers = [stack.enter_context(Server(kind, server_cores, loops, environment)) for kind in kinds]
        return load.measure(servers, chosen.rounds, chosen.seconds, load_cores)


def count(kind, cores):
    print(f"counting: {kind.name}", file=sys.stderr, flush=True)
    with stores.opened([kind], cores[1:2]) as environment, probe.Probe(kind, cores[:1], environment) as server:
        return server.count()


def measure_json(core):
    build.build("bench-json")
    print("JSON", file=sys.stderr, flush=True)
    names = ("bytes", "koa", "foundation")
    return [{**one, **{name: int(one[name]) for name in names}} for one in program.figures("bench-json", core)]


if __name__ == "__main__":
    sys.exit(main())
