"""HTTP/1.1 over a plain socket, byte for byte as the test wants it: duplicate headers, wrong
lengths and half requests are what a client library would not send."""

import socket
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TIMEOUT_S = 20.0


@dataclass
class Response:
    """What came back. `status` is 0 where the connection ended without an answer."""
    status: int = 0
    headers: list = field(default_factory=list)
    body: bytes = b""

    def header(self, name):
        for key, value in self.headers:
            if key.lower() == name.lower():
                return value
        return None

    def __repr__(self):
        return f"<{self.status} {self.body[:300]!r}>"


def address_of(url):
    """(ip, port) to connect to: names are ours, so they live on loopback."""
    parts = urlsplit(url)
    host = parts.hostname
    if not all(c.isdigit() or c == "." for c in host):
        host = "127.0.0.1"
    return host, parts.port or 80


def target_of(url):
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def head_of(method, url, headers):
    """The bytes of a request's head from an ordered list of (name, value)."""
    lines = [f"{method} {target_of(url)} HTTP/1.1"] + [f"{n}: {v}" for n, v in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class Connection:
    """One kept-alive connection to the host of a URL. `receive_bytes` bounds what the system takes
    from the other side before it is read."""

    def __init__(self, url, timeout=TIMEOUT_S, receive_bytes=None):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.socket.settimeout(timeout)
        if receive_bytes:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.socket.connect(address_of(url))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""

    def send(self, data):
        self.socket.sendall(data)

    def read_response(self, head_only=False):
        """Reads one answer; status 0 where the peer closed or reset without one."""
        head = self._read_until(b"\r\n\r\n")
        if head is None:
            return Response()
        lines = head.decode("latin-1").split("\r\n")
        response = Response(int(lines[0].split(" ")[1]))
        response.headers = [tuple(part.strip() for part in line.split(":", 1))
                            for line in lines[1:] if ":" in line]
        if response.status in (100, 103):
            return self.read_response(head_only)
        if not head_only and response.status not in (204, 304):
            response.body = self._read_body(response)
        return response

    def closed_by_peer(self, timeout):
        """True where the other side closes within `timeout` seconds."""
        self.socket.settimeout(timeout)
        try:
            while True:
                data = self.socket.recv(65536)
                if not data:
                    return True
        except TimeoutError:
            return False
        except OSError:
            return True

    def close(self):
        self.socket.close()

    def _fill(self):
        try:
            data = self.socket.recv(262144)
        except ConnectionError:
            data = b""
        self._buffer += data
        return bool(data)

    def _read_until(self, mark):
        while mark not in self._buffer:
            if not self._fill():
                return None
        head, self._buffer = self._buffer.split(mark, 1)
        return head

    def _read_exactly(self, count):
        while len(self._buffer) < count:
            if not self._fill():
                break
        data, self._buffer = self._buffer[:count], self._buffer[count:]
        return data

    def _read_body(self, response):
        if (response.header("Transfer-Encoding") or "").lower() == "chunked":
            body = b""
            while True:
                line = self._read_until(b"\r\n")
                size = int(line.split(b";")[0], 16) if line else 0
                body += self._read_exactly(size)
                self._read_until(b"\r\n")
                if size == 0:
                    return body
        length = response.header("Content-Length")
        if length is not None:
            return self._read_exactly(int(length))
        while self._fill():
            pass
        data, self._buffer = self._buffer, b""
        return data


def exchange(url, request, timeout=TIMEOUT_S):
    """Sends the bytes of one request on a fresh connection and returns its Response. A server that
    refuses early may close while we still send: its answer counts, not our failed write."""
    connection = Connection(url, timeout)
    try:
        try:
            connection.send(request)
        except ConnectionError:
            pass
        return connection.read_response()
    finally:
        connection.close()
