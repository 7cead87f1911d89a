"""Uploads of a gigabyte."""

import socket

from .report import needs
from .server import Server

PIECE = b"k" * 1024 * 1024
BOUNDARY = "soak-1c0ffee"
# So much more than before may the server have had at its peak, in KB: buffers, and what the allocator keeps of them.
MEMORY = 32 * 1024


@needs()
def check(report, sizes):
    for path, what, head, tail in (
        ("/count", "read as a stream", b"", b""),
        ("/store", "stored as a file of a form", part_head(), f"\r\n--{BOUNDARY}--\r\n".encode()),
    ):
        with Server() as server:
            before = server.settled_memory()
            answer = send(server, path, head, sizes.upload, tail)
            size = sizes.upload * len(PIECE)
            report.check(f"{answer} of {size} bytes {what}", answer == str(size))
            more = server.peak_memory() - before
            report.check(f"{more / 1024:.1f} MB of memory more at the peak, at most {MEMORY // 1024}", more <= MEMORY)
            report.check_files(server)


def part_head():
    disposition = 'Content-Disposition: form-data; name="file"; filename="big.bin"'
    return f"--{BOUNDARY}\r\n{disposition}\r\nContent-Type: application/octet-stream\r\n\r\n".encode()


def send(server, path, head, pieces, tail):
    """Sends a body of a head, many pieces and a tail; the text of the answer."""
    length = len(head) + pieces * len(PIECE) + len(tail)
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}",
        f"Content-Length: {length}",
        "Connection: close",
    ]
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as client:
        client.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + head)
        for _ in range(pieces):
            client.sendall(PIECE)
        client.sendall(tail)
        response = b""
        while piece := client.recv(65536):
            response += piece
    return response.partition(b"\r\n\r\n")[2].decode()
