"""Sessions whose server, or whose database, is killed while they are saved."""

import http.client
import itertools
import random
import socket
import threading
import time

from driver import build
from driver.servers import Kind, Server
from driver.stores import SERVERS, Database

from .report import needs

STORES = ("files", "sqlite", *SERVERS)
# The peer of MongoDB's tests looks through all documents for each of them: a few sessions are all that it can keep.
MOST = {"mongo": 1_000}
WORKERS = 8
# How long a request may take when the database is gone: the stores' own limit, and a second.
LIMIT = 6.0
RECOVERY = 2.0


@needs("bash")
def check_kills(report, sizes):
    """Kills the server: whatever it has acknowledged is there afterwards, and nobody else's."""
    build.build("bench-sessions")
    kills = acknowledged = 0
    spared = sum(max(sizes.sessions // len(STORES) - most, 0) for most in MOST.values())
    for store in STORES:
        share = sizes.sessions // len(STORES)
        share = min(share, MOST[store]) if store in MOST else share + spared // (len(STORES) - len(MOST)) + 1
        with Database(store) as database:
            run = Kills(store, database, sizes.kills // len(STORES) + 1, share)
            run.run()
            lost, wrong = run.verify()
        kills += run.killed
        acknowledged += len(run.records)
        report.check(
            f"{store}: {len(run.records)} sessions acknowledged over {run.killed} kills, {lost} lost, {wrong} wrong",
            lost == wrong == 0 and len(run.records) >= share,
        )
    report.check(f"{kills} kills, at least {sizes.kills}", kills >= sizes.kills)
    report.check(f"{acknowledged} sessions acknowledged, at least {sizes.sessions}", acknowledged >= sizes.sessions)


class Kills:
    def __init__(self, store, database, kills, sessions):
        self.kind = Kind(f"sessions in {store}", "bench-sessions", store)
        self.database = database
        self.kills, self.sessions, self.killed = kills, sessions, 0
        # What each cookie may hold: the number that was acknowledged last, and one whose answer didn't come.
        self.records = {}
        self.lock = threading.Lock()
        self.numbers = itertools.count(1)

    def start(self, port):
        return Server(self.kind, cores=range(2), port=port, environment=self.database.environment)

    def run(self):
        self.server = self.start(0)
        self.port = self.server.port
        workers = [threading.Thread(target=self.work, daemon=True) for _ in range(WORKERS)]
        for worker in workers:
            worker.start()
        step = self.sessions // self.kills
        while any(worker.is_alive() for worker in workers):
            if self.killed < self.kills and len(self.records) >= step * (self.killed + 1) - step // 2:
                self.server.stop()
                self.killed += 1
                self.server = self.start(self.port)
            time.sleep(0.01)

    def work(self):
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        own = []
        while len(self.records) < self.sessions or self.killed < self.kills:
            # One in four changes a session that is there.
            cookie = random.choice(own) if own and random.random() < 0.25 else None
            number = next(self.numbers)
            if cookie:
                with self.lock:
                    self.records[cookie] = {*self.records[cookie], number}
            try:
                status, made = self.ask(client, f"/set/{number}", cookie)
            except (OSError, http.client.HTTPException):
                client.close()
                time.sleep(0.02)
                continue
            if status != 200:
                continue
            if not cookie:
                own.append(made)
            with self.lock:
                self.records[cookie or made] = {number}
        client.close()

    def ask(self, client, path, cookie):
        client.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = client.getresponse()
        response.read()
        lines = response.headers.get_all("Set-Cookie", [])
        return response.status, "; ".join(line.partition(";")[0] for line in lines)

    def verify(self):
        """How many sessions are gone, and how many hold what nobody was told."""
        lost = wrong = 0
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        for cookie, numbers in self.records.items():
            client.request("GET", "/read", headers={"Cookie": cookie})
            number = int(client.getresponse().read())
            lost += number == -1
            wrong += number != -1 and number not in numbers
        client.close()
        self.server.stop()
        return lost, wrong


@needs("bash")
def check_databases(report, sizes):
    """Kills the database: every request is answered in time, with a 503 if need be, and soon with a 200 again."""
    build.build("bench-sessions")
    for store in SERVERS:
        with Database(store) as database:
            run = Outage(store, database)
            run.run(sizes.outage)
        answers = len(run.answers)
        strange = [status for _, _, status in run.answers if status not in (200, 503)]
        slowest = max(end - begin for begin, end, _ in run.answers)
        late = [end for begin, end, status in run.answers if status != 200 and begin > run.back]
        recovery = max(late, default=run.back) - run.back
        failures = sum(status == 503 for _, _, status in run.answers)
        report.check(f"{store}: {answers} requests answered, {failures} of them with 503, {len(strange)} otherwise", not strange)
        report.check(f"{store}: the slowest after {slowest:.2f} s, at most {LIMIT:.0f} s", slowest <= LIMIT and failures > 0)
        report.check(f"{store}: all well {recovery:.2f} s after it was back, at most {RECOVERY:.0f} s", recovery <= RECOVERY)


class Outage:
    def __init__(self, store, database):
        self.kind = Kind(f"sessions in {store}", "bench-sessions", store)
        self.database = database
        self.answers = []
        self.is_over = False

    def run(self, seconds):
        with Server(self.kind, cores=range(2), environment=self.database.environment) as server:
            self.port = server.port
            self.cookies = [server.visit() for _ in range(32)]
            workers = [threading.Thread(target=self.work, args=(cookie,), daemon=True) for cookie in self.cookies]
            for worker in workers:
                worker.start()
            time.sleep(seconds)
            self.database.kill()
            time.sleep(seconds)
            self.database.restart()
            self.back = self.wait_until_back()
            time.sleep(seconds + RECOVERY)
            self.is_over = True
            for worker in workers:
                worker.join()

    def wait_until_back(self):
        """The moment at which the database answers itself; some take long to start."""
        address = self.database.environment[f"KOA_TEST_{self.database.store.upper()}"]
        host, _, port = address.rpartition("/")[2].partition(":")
        while True:
            if answers(self.database.store, host, int(port)):
                return time.monotonic()
            time.sleep(0.02)

    def work(self, cookie):
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.is_over:
            begin = time.monotonic()
            try:
                client.request("GET", "/", headers={"Cookie": cookie})
                response = client.getresponse()
                response.read()
                status = response.status
            except (OSError, http.client.HTTPException) as error:
                client.close()
                status = repr(error)
            self.answers.append((begin, time.monotonic(), status))
            time.sleep(0.01)
        client.close()


def answers(store, host, port):
    """Whether a database says anything to who connects."""
    hello = {"redis": b"PING\r\n", "postgres": b"\0\0\0\x08\x04\xd2\x16\x2f"}
    try:
        with socket.create_connection((host, port), timeout=1) as connection:
            if store == "mongo":
                return True
            connection.sendall(hello.get(store, b""))
            return bool(connection.recv(1))
    except OSError:
        return False
