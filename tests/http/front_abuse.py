"""Clients that behave badly, and requests that wait."""
import gzip
import random
import socket
import time

from front_harness import (CLOSE, HELLO, MIB, accepted, body_of, check, chunked, get, latencies,
                           own, post, read_all, read_answer, readable, request, reset_on_close,
                           shared, status, wait_until)


@shared
def half_close(server):
    with server.connect() as client:
        client.sendall(get(b"/hello") * 3)
        client.shutdown(socket.SHUT_WR)
        check(read_all(client).count(b"200 OK") == 3)
    for raw in (b"GET /hel", post(b"/length", b"x" * 100_000)[:5000]):
        with server.connect() as client:
            client.sendall(raw)
            client.shutdown(socket.SHUT_WR)
            check(read_all(client) == b"")


@shared
def resets(server):
    raws = [b"GET /h", get(b"/hello") * 5, get(b"/large"), post(b"/length", b"x" * 500_000)[:90_000],
            get(b"/slow/20"), chunked(b"/length", [b"abc"], end=b"")]
    for i in range(200):
        client = server.connect()
        reset_on_close(client)
        client.sendall(raws[i % len(raws)])
        if i % 2:
            time.sleep(0.002)   # the other half resets while the request is looked at
        client.close()
    check(status(server.ask(get(b"/hello", CLOSE))) == 200)
    server.wait_for("no body is left behind", lambda s: s["bodies_bytes"] == 0)


@shared
def endless(server):
    def flood(first, block, want, name):
        before = server.resident_mib()
        began, sent = time.monotonic(), 0
        with server.connect() as client:
            try:
                client.sendall(first)
                while time.monotonic() - began < 8:
                    client.sendall(block)
                    sent += len(block)
            except OSError:
                pass   # the server had enough
            answer = read_all(client)
        grown = server.resident_mib() - before
        check(grown < 25 and sent < 200 * MIB and time.monotonic() - began < 8, name, grown, sent)
        check(status(answer) == want or answer == b"<reset>", name, answer)

    flood(chunked(b"/length", [], end=b""), b"10000\r\n" + b"x" * 65_536 + b"\r\n", 413, "chunks")
    flood(chunked(b"/length", [], end=b"5;"), b"x" * 65_536, 400, "a size line")
    flood(chunked(b"/length", [], end=b"0\r\n"), b"A: b\r\n" * 1000, 400, "trailers")
    flood(get(b"/hello")[:-2] + b"X: ", b"y" * 65_536, 431, "a header")
    flood(get(b"/hello")[:-2], b"A: b\r\n" * 1000, 431, "headers")


@shared
def crowds(server):
    """2,000 idle connections and 300 half-sent requests cost others nothing."""
    idle = [server.connect() for _ in range(2000)]
    for client in idle:
        client.sendall(get(b"/hello"))
    for client in idle:
        check(read_answer(client)[1] == HELLO)
    half = [server.connect() for _ in range(300)]
    for i, client in enumerate(half):
        client.sendall(b"GET /hello HTTP/1.1\r\nX" if i % 2 else post(b"/length", b"x" * 100)[:-50])
    slowest = latencies(server)
    check(slowest < 100, f"{slowest:.1f} ms beside 2,000 idle and 300 half-sent")
    print(f"     2,000 idle, 300 half-sent: slowest {slowest:.1f} ms, {server.resident_mib()} MiB")
    for client in half:   # one byte more does not win time
        try:
            client.sendall(b"y")
        except OSError:
            pass
    for i, client in enumerate(half):
        check(status(read_all(client)) == 408, i)
    for i, client in enumerate(idle):
        client.sendall(get(b"/hello"))
        check(read_answer(client)[1] == HELLO, i)
    for client in idle + half:
        client.close()


@shared
def slow_readers_and_writers(server):
    readers = [server.connect(receive_buffer=4096) for _ in range(30)]
    for client in readers:
        client.sendall(get(b"/large"))
    wait_until("every answer has begun", lambda: len(readable(readers)) == len(readers))
    slowest = latencies(server)
    check(slowest < 100, f"{slowest:.1f} ms beside 30 that do not read")
    writers = [server.connect() for _ in range(40)]
    for client in writers:
        client.sendall(post(b"/length", b"x" * 200_000)[:1000])
    slowest = latencies(server)
    check(slowest < 100, f"{slowest:.1f} ms beside 40 that stall")
    accepted(server, post(b"/length", b"x" * 200_000, CLOSE), b"200000")
    for client in writers + readers:
        client.close()


@shared
def fuzz(server):
    chance = random.Random(7)
    form = b"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B--\r\n"
    seeds = [get(b"/hello"), post(b"/length", b"hello"), chunked(b"/length", [b"abc", b"defg"]),
             post(b"/upload", form, b"Content-Type: multipart/form-data; boundary=B\r\n"),
             post(b"/api/params", b"a[]=1&b[0][c]=2",
                  b"Content-Type: application/x-www-form-urlencoded\r\n"),
             post(b"/api/params", b'{"a":[{"b":1}]}', b"Content-Type: application/json\r\n"),
             post(b"/length", gzip.compress(b"abc" * 99), b"Content-Encoding: gzip\r\n")]
    for _ in range(1500):
        raw = bytearray(chance.choice(seeds) + chance.choice(seeds))
        for _ in range(chance.randint(0, 6)):
            at, kind = chance.randrange(len(raw)), chance.random()
            if kind < 0.4:
                raw[at] = chance.choice(b"\r\n\0 :%;0129afAF\xff")
            elif kind < 0.7:
                del raw[at:at + chance.randint(1, 9)]
            else:
                raw[at:at] = raw[chance.randrange(len(raw)):][:chance.randint(1, 40)]
            raw = raw or bytearray(b"x")
        cut = chance.randrange(len(raw) + 1)
        with server.connect() as client:
            try:
                client.sendall(raw[:cut])
                client.sendall(raw[cut:])
                client.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            read_all(client)




def waiting(host, ms, path=b"/hello"):
    return get(path, CLOSE + b"X-Wait: %s %d\r\n" % (host, ms))


@shared
def parked_requests_go_on(server):
    data = server.ask(waiting(b"a.example", 50))
    check(body_of(data) == HELLO, data)
    data = server.ask(waiting(b"a.example", 0))
    check(body_of(data) == HELLO, "resumed at once", data)
    data = server.ask(waiting(b"a.example", -1))
    check(status(data) == 503 and b"Retry-After" in data, "never resumed", data)
    server.wait_for("all have left", lambda s: s["parked"] == 0)


@shared
def parked_requests_are_bounded(server):
    """Eight per host; they hold no worker, and another host has its own places."""
    clients = [server.connect() for _ in range(8)]
    for client in clients:
        client.sendall(waiting(b"slow.example", -1))
    server.wait_for("8 are parked", lambda s: s["parked"] == 8)
    check(status(server.ask(waiting(b"slow.example", 10))) == 503, "the ninth")
    check(status(server.ask(waiting(b"b.example", 10))) == 200, "another host")
    check(status(server.ask(get(b"/hello", CLOSE))) == 200)
    for client in clients:
        check(status(read_all(client)) == 503)
        client.close()
    hosts = [server.connect() for _ in range(257)]
    for i, client in enumerate(hosts):
        client.sendall(waiting(b"%d.example" % i, -1))
    codes = [status(read_all(client)) for client in hosts]
    check(codes == [503] * 257, codes)
    server.wait_for("all have left", lambda s: s["parked"] == 0)
    for client in hosts:
        client.close()
