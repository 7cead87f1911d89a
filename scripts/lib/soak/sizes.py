"""How much each part asks of a server."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Sizes:
    # Slow connections of each kind.
    slow: int = 1_000
    # Idle connections.
    idle: int = 10_000
    # Requests before the first and before the second look at the memory.
    warm_up: int = 100_000
    requests: int = 1_000_000
    # Requests that run when the server is told to stop.
    in_flight: int = 1_000
    # The megabytes of an upload.
    upload: int = 1_024
    # Kills of the server, and sessions that it acknowledges, over all stores.
    kills: int = 100
    sessions: int = 100_000
    # Seconds that a database is there, gone, and there again.
    outage: int = 3


FULL = Sizes()
QUICK = Sizes(slow=100, idle=1_000, warm_up=10_000, requests=100_000, in_flight=100, upload=100, kills=12, sessions=6_000, outage=1)
