"""A running http_front_demo, raw requests to it, and the count of what passed."""
import json
import os
import re
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
import time
import traceback
from pathlib import Path

HOST = b"Host: a.example\r\n"
CLOSE = b"Connection: close\r\n"
HELLO = b'{"hello":"world"}'
MIB = 1 << 20

DEFAULT_BINARY = Path(__file__).resolve().parents[2] / "build/dev/tests/http/http_front_demo"
BINARY = sys.argv[1] if len(sys.argv) > 1 else str(DEFAULT_BINARY)
ONLY = sys.argv[2:]


class Server:
    """One running http_front_demo."""

    def __init__(self, *options, nofile=None):
        def limit_files():
            if nofile:
                resource.setrlimit(resource.RLIMIT_NOFILE, (nofile, nofile))

        self.process = subprocess.Popen(
            [BINARY, *map(str, options)], stdout=subprocess.PIPE, preexec_fn=limit_files)
        words = self.process.stdout.readline().decode().split()
        check(words[:1] == ["listening"], "the server did not start", words)
        self.port, self.ops_port, self.port6 = map(int, words[1:4])

    def connect(self, source=None, receive_buffer=None, timeout=20):
        client = socket.socket()
        client.settimeout(timeout)
        if receive_buffer:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        if source:
            client.bind((source, 0))
        client.connect(("127.0.0.1", self.port))
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return client

    def ask(self, *parts, pause=0, timeout=20, source=None):
        """Sends the parts, returns all bytes until the server closes."""
        with self.connect(source=source, timeout=timeout) as client:
            try:
                for part in parts:
                    client.sendall(part)
                    if pause:
                        time.sleep(pause)   # so that the parts arrive apart
            except OSError:
                pass   # refused already: the answer tells
            return read_all(client)

    def stats(self):
        # From the trusted proxy's address, which no cap counts.
        with socket.create_connection(("127.0.0.1", self.ops_port), 20, ("127.0.0.3", 0)) as client:
            client.sendall(get(b"/stats", CLOSE))
            return json.loads(body_of(read_all(client)))

    def wait_for(self, what, condition, seconds=10):
        """Polls the server's counters until the condition holds."""
        wait_until(what, lambda: condition(self.stats()), seconds)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def resident_mib(self):
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize() // MIB

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def begin_stop(self):
        self.process.send_signal(signal.SIGTERM)

    def stop(self):
        """'stopped clean' or 'stopped forced', and the exit code."""
        self.begin_stop()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return "did not stop", None
        return self.process.stdout.read().decode().strip(), self.process.returncode

    def stop_clean(self):
        how = self.stop()
        check(how == ("stopped clean", 0), how)


def check(condition, *what):
    if not condition:
        raise AssertionError(*what)


def wait_until(what, condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        check(time.monotonic() < end, f"waited {seconds} s in vain: {what}")
        time.sleep(0.02)


def read_all(client):
    """Until the server closes; ends with <timeout> or <reset> where it does not do so well."""
    data = b""
    try:
        while chunk := client.recv(1 << 16):
            data += chunk
    except socket.timeout:
        data += b"<timeout>"
    except OSError:
        data += b"<reset>"
    return data


def read_answer(client, head_only=False):
    """Head and body of one answer with Content-Length on a connection that stays open."""
    head = b""
    while b"\r\n\r\n" not in head:
        byte = client.recv(1)
        if not byte:
            return head, b""
        head += byte
    length = re.search(rb"Content-Length: (\d+)", head)
    left = int(length[1]) if length and not head_only else 0
    body = b""
    while len(body) < left:
        chunk = client.recv(min(1 << 16, left - len(body)))
        if not chunk:
            break
        body += chunk
    return head, body


def readable(clients):
    """Those for whom something has come."""
    return select.select(clients, [], [], 0)[0]


def status(data):
    return int(data[9:12]) if data.startswith(b"HTTP/1.1 ") else data[:40]


def body_of(data):
    return data.partition(b"\r\n\r\n")[2]


def answers_in(data):
    return data.count(b"HTTP/1.1 ")


def request(method, path, headers=b"", body=b""):
    return method + b" " + path + b" HTTP/1.1\r\n" + HOST + headers + b"\r\n" + body


def get(path, headers=b""):
    return request(b"GET", path, headers)


def with_body(method, path, body, headers=b""):
    return request(method, path, b"Content-Length: %d\r\n" % len(body) + headers, body)


def post(path, body, headers=b""):
    return with_body(b"POST", path, body, headers)


def chunked(path, chunks, end=b"0\r\n\r\n", headers=b"", method=b"POST"):
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return request(method, path, b"Transfer-Encoding: chunked\r\n" + headers, body + end)


def reset_on_close(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def latencies(server, seconds=1.0):
    """The slowest answer in ms, on a kept connection and on new ones."""
    slowest = 0
    end = time.monotonic() + seconds
    with server.connect() as client:
        while time.monotonic() < end:
            began = time.monotonic()
            client.sendall(get(b"/hello"))
            check(read_answer(client)[1] == HELLO)
            slowest = max(slowest, time.monotonic() - began)
    for _ in range(50):
        began = time.monotonic()
        check(status(server.ask(get(b"/hello", CLOSE))) == 200)
        slowest = max(slowest, time.monotonic() - began)
    return slowest * 1000


SHARED = []   # run against one server
OWN = []      # start their own


def shared(test):
    SHARED.append(test)
    return test


def own(test):
    OWN.append(test)
    return test


def refused(server, want, raw, name):
    """One refusal, then the end: what follows on the connection is never taken for a request."""
    data = server.ask(raw + get(b"/hello"))
    check(status(data) == want and answers_in(data) == 1, name, data[:200])
    check(not data.endswith((b"<reset>", b"<timeout>")), name, data[-20:])


def accepted(server, raw, want):
    data = server.ask(raw)
    check(body_of(data) == want, want, data[-300:])


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def run(self, test, *arguments):
        if ONLY and test.__name__ not in ONLY:
            return
        began = time.monotonic()
        try:
            test(*arguments)
            self.passed += 1
            print(f"ok   {test.__name__} {time.monotonic() - began:.1f} s", flush=True)
        except Exception:
            self.failed += 1
            print(f"FAIL {test.__name__}\n{traceback.format_exc(limit=4)[-1500:]}", flush=True)
