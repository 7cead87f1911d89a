"""A client that asks for the same on one kept connection, again and again."""

import pathlib
import socket


class Client:
    def __init__(self, port, target="/", method="GET", name="Accept", value="*/*", body=None):
        """`body` is a file's path or a number of bytes; a value of `@FILE` is the first line of a file."""
        if value.startswith("@"):
            value = pathlib.Path(value[1:]).read_text().partition("\n")[0]
        content = b"k" * int(body) if (body or "").isdigit() else pathlib.Path(body).read_bytes() if body else b""
        length = f"Content-Length: {len(content)}\r\n" if body else ""
        head = f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{name}: {value}\r\n{length}\r\n"
        self.message = head.encode() + content
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self):
        self.socket.close()

    def request(self):
        """One request and the whole of its response."""
        self.socket.sendall(self.message)
        received = b""
        while not self.is_whole(received):
            piece = self.socket.recv(65536)
            if not piece:
                raise ConnectionError("the server closed the connection")
            received += piece

    @staticmethod
    def is_whole(response):
        head, separator, body = response.partition(b"\r\n\r\n")
        if not separator:
            return False
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                return len(body) >= int(value)
        return body.endswith(b"0\r\n\r\n")
