"""Listening to a node's streams: a WebSocket (RFC 6455) and an event stream, each over one socket."""

import base64
import json
import os
import socket
import struct
import time
from urllib.parse import urlencode, urlsplit

from . import check

PATH = "/api/v1/streaming"


class Refused(Exception):
    """The node said no: `status` and the `error` of its JSON."""

    def __init__(self, status, error):
        super().__init__(f"{status} {error}")
        self.status, self.error = status, error


class _Listening:
    def __init__(self, node, target, headers):
        self.socket = socket.create_connection((urlsplit(node.url).hostname, node.port), timeout=10)
        self._buffer = b""
        lines = [f"GET {target} HTTP/1.1", f"Host: {node.host}", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
        self.socket.sendall("\r\n".join(lines).encode())
        head = self._until(b"\r\n\r\n").decode()
        self.head = {}
        for line in head.split("\r\n")[1:]:
            name, _, value = line.partition(":")
            self.head[name.lower()] = value.strip()
        self.status = int(head.split()[1])
        if self.status not in (101, 200):
            body = self._exactly(int(self.head.get("content-length", 0)))
            self.socket.close()
            raise Refused(self.status, json.loads(body)["error"])

    def _more(self):
        data = self.socket.recv(65536)
        if not data:
            raise EOFError("the node closed the stream")
        self._buffer += data

    def _exactly(self, size):
        while len(self._buffer) < size:
            self._more()
        out, self._buffer = self._buffer[:size], self._buffer[size:]
        return out

    def _until(self, end):
        while end not in self._buffer:
            self._more()
        out, _, self._buffer = self._buffer.partition(end)
        return out

    def close(self):
        self.socket.close()

    def expect(self, event, timeout=10):
        """The next event; another one than this is a failure. Gives its payload, read as JSON where it is."""
        got = self.next(timeout)
        check.equal(got["event"], event, f"the next event, with {str(got.get('payload'))[:200]}")
        return got.get("payload")

    def expect_end(self, timeout=10):
        """The node closes the stream; nothing comes before."""
        try:
            got = self.next(timeout)
        except EOFError:
            return
        check.fail(f"expected the end of the stream, got {str(got)[:300]}")


class WebSocket(_Listening):
    """`token` goes into the query, the header or the subprotocol, as `by` says; `query` are further parameters."""

    def __init__(self, node, token=None, by="query", path=PATH, **query):
        headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
                   "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode()}
        if token and by == "query":
            query["access_token"] = token
        if token and by == "header":
            headers["Authorization"] = f"Bearer {token}"
        if token and by == "protocol":
            headers["Sec-WebSocket-Protocol"] = token
        super().__init__(node, f"{path}?{urlencode(query)}", headers)

    def say(self, message):
        data = message.encode() if isinstance(message, str) else json.dumps(message).encode()
        self._frame(1, data)

    def subscribe(self, stream, **more):
        self.say({"type": "subscribe", "stream": stream, **more})

    def unsubscribe(self, stream, **more):
        self.say({"type": "unsubscribe", "stream": stream, **more})

    def _frame(self, opcode, data):
        mask = os.urandom(4)
        size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
        self.socket.sendall(bytes([0x80 | opcode]) + size + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))

    def next(self, timeout=10):
        """The next message: its stream, event and payload, or its error."""
        self.socket.settimeout(timeout)
        while True:
            first, size = self._exactly(2)
            if size == 126:
                size = struct.unpack(">H", self._exactly(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", self._exactly(8))[0]
            data = self._exactly(size)
            opcode = first & 15
            if opcode == 8:
                raise EOFError("the node closed the stream")
            if opcode == 9:
                self._frame(10, data)
            if opcode == 1:
                return _read(json.loads(data))


def _read(message):
    payload = message.get("payload")
    if isinstance(payload, str) and payload[:1] in "{[":
        message["payload"] = json.loads(payload)
    return message


class EventStream(_Listening):
    """By path: `EventStream(node, token, "user/notification")`."""

    def __init__(self, node, token, stream, **query):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        super().__init__(node, f"{PATH}/{stream}?{urlencode(query)}", headers)

    def next(self, timeout=10):
        self.socket.settimeout(timeout)
        while True:
            lines = [line for line in self._until(b"\n\n").decode().split("\n") if not line.startswith(":")]
            if lines[0].startswith("event: "):
                return _read({"event": lines[0][7:], "payload": lines[1].removeprefix("data: ")})


def within(seconds, began, what):
    took = time.monotonic() - began
    check.true(took <= seconds, f"{what}: took {took:.2f} s, at most {seconds} s")
