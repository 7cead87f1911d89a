"""Prints checks and counts them."""


def needs(*tools):
    """Marks a part with the commands that it runs."""

    def mark(part):
        part.tools = tools
        return part

    return mark


class Report:
    def __init__(self):
        self.part = ""
        self.passed = self.failed = 0

    def check(self, what, is_met):
        """One line: a sentence with the figure and what it has to be, and whether it is."""
        self.passed += is_met
        self.failed += not is_met
        print(f"{self.part}: {what}: {'ok' if is_met else 'FAILED'}", flush=True)

    def check_files(self, server):
        """That the server holds as few open files as when it had started."""
        now = server.wait_for_files()
        self.check(f"{now} open files at the end, {server.files_at_start} at the start", now <= server.files_at_start)

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0
