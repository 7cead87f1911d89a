"""What sessions are kept in while servers are measured: the servers of databases, and the folders of those that have none."""

import contextlib
import os
import pathlib
import signal
import subprocess
import tempfile
import time

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "lib" / "databases"
# Those that are a server's, and how a shell starts them; of the others a folder is all.
SERVERS = ("redis", "mysql", "postgres", "mongo")


class Database:
    """Where the sessions of a store are, for as long as a `with` block."""

    def __init__(self, store):
        self.store = store
        self.folder = tempfile.TemporaryDirectory(prefix="koa-soak-")
        self.environment = {"KOA_BENCH_FOLDER": self.folder.name}
        if store in SERVERS:
            self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.store in SERVERS:
            self.shell(f"stop_{self.store}")
        self.folder.cleanup()

    def shell(self, function):
        """What a function of the store's script prints, and the environment behind it."""
        command = f'source "{SCRIPTS}/{self.store}.sh" && {function} "{self.folder.name}" && env -0 >"$1"'
        with tempfile.NamedTemporaryFile() as output:
            subprocess.run(
                ["bash", "-c", command, "bash", output.name], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
            pairs = pathlib.Path(output.name).read_text().split("\0")
        return dict(pair.split("=", 1) for pair in pairs if pair.startswith("KOA_TEST_"))

    def start(self):
        self.environment |= self.shell(f"start_{self.store}")
        self.pid_file = pathlib.Path(self.folder.name) / f"{self.store}.pid"
        pid = int(self.pid_file.read_text())
        written = pathlib.Path(self.folder.name) / f"{self.store}.command"
        command = written if written.exists() else pathlib.Path(f"/proc/{pid}/cmdline")
        self.command = command.read_bytes().decode().split("\0")[:-1]
        self.owner = os.stat(f"/proc/{pid}").st_uid
        self.work = os.readlink(f"/proc/{pid}/cwd")

    def kill(self):
        """Ends it as a crash would, and waits for its end."""
        pid = int(self.pid_file.read_text())
        os.kill(pid, signal.SIGKILL)
        while os.path.exists(f"/proc/{pid}") and "zombie" not in pathlib.Path(f"/proc/{pid}/status").read_text():
            pass

    def restart(self):
        """Starts it again, as it was started; what it has left behind may keep it from running for a while."""
        user = self.owner if os.getuid() == 0 else None
        limit = time.monotonic() + 20
        while True:
            process = subprocess.Popen(
                self.command, cwd=self.work, user=user, group=user, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                process.wait(timeout=0.3)
            except subprocess.TimeoutExpired:
                break
            if time.monotonic() > limit:
                raise RuntimeError(f"{self.store} doesn't start again")
        self.pid_file.write_text(str(process.pid))

    def pin(self, cores):
        """Has it run on these cores only."""
        subprocess.run(
            ["taskset", "--all-tasks", "--cpu-list", "--pid", ",".join(map(str, cores)), self.pid_file.read_text().strip()],
            check=True, stdout=subprocess.DEVNULL,
        )


@contextlib.contextmanager
def opened(kinds, cores):
    """The environment of the servers that keep sessions; the databases' share the load's cores."""
    environment = {}
    with contextlib.ExitStack() as stack:
        for store in dict.fromkeys(kind.scenario for kind in kinds if kind.product == "bench-sessions"):
            database = stack.enter_context(Database(store))
            environment |= database.environment
            if store in SERVERS:
                database.pin(cores)
        yield environment
