"""Caps, budgets and how a server ends; each test starts its own."""
import socket
import time

from front_harness import (CLOSE, HELLO, MIB, Server, body_of, check, get, latencies, own, post,
                           read_all, read_answer, readable, refused, status, wait_until)


@own
def address_cap():
    server = Server("--per-address", 20)
    clients = [server.connect() for _ in range(20)]
    server.wait_for("all are there", lambda s: s["connections"] >= 20)
    with server.connect() as one_more:
        check(status(read_all(one_more)) == 503)
    check(body_of(server.ask(get(b"/peer", CLOSE), source="127.0.0.2")) == b"127.0.0.2")
    trusted = [server.connect(source="127.0.0.3") for _ in range(40)]
    for client in clients + trusted:
        client.sendall(get(b"/hello", CLOSE))
        check(status(read_all(client)) == 200, "a trusted proxy has no cap")
        client.close()
    server.stop_clean()


@own
def oldest_idle_connection_makes_room():
    server = Server("--connections", 20)
    clients = []
    for _ in range(19):
        clients.append(server.connect())
        clients[-1].sendall(get(b"/hello"))
        check(read_answer(clients[-1])[1] == HELLO)
    newest = [server.connect() for _ in range(5)]
    for client in newest:
        client.sendall(get(b"/hello"))
        check(read_answer(client)[1] == HELLO)
    check(read_all(clients[0]) == b"", "the oldest is closed")
    clients[-1].sendall(get(b"/hello"))
    check(read_answer(clients[-1])[1] == HELLO, "a younger one lives")
    check(server.stats()["evicted"] >= 4)
    for client in clients + newest:
        client.close()
    server.stop_clean()


@own
def idle_connections_end():
    server = Server("--idle-ms", 4000)
    with server.connect() as client:   # before the first byte as soon as a request's time is over
        began = time.monotonic()
        check(read_all(client) == b"" and 1.5 < time.monotonic() - began < 4)
    with server.connect() as client:
        client.sendall(get(b"/hello"))
        read_answer(client)
        began = time.monotonic()
        check(read_all(client) == b"" and 3.5 < time.monotonic() - began < 7)
    server.stop_clean()


@own
def full_queue():
    """Lane `slow` has two workers and 64 places; the lane of the others goes on."""
    server = Server()
    clients = [server.connect() for _ in range(80)]
    for client in clients:
        client.sendall(get(b"/slow/300", CLOSE))
    check(latencies(server, 0.2) < 1000, "the other lane waits")
    answers = [read_all(client) for client in clients]
    for data in answers:
        check(status(data) == 200 or (status(data) == 503 and b"Retry-After" in data), data)
    fine = sum(status(data) == 200 for data in answers)
    check(64 <= fine <= 68, fine)   # those under way when the queue filled, and the queue
    for client in clients:
        client.close()
    server.stop_clean()


@own
def bodies_budget():
    server = Server("--bodies-mib", 4)
    clients = [server.connect() for _ in range(8)]
    for client in clients:
        client.sendall(post(b"/upload", b"x" * MIB)[:-1000])
    wait_until("those over the budget are refused", lambda: len(readable(clients)) >= 4)
    check(all(status(client.recv(1000)) == 503 for client in readable(clients)))
    for client in clients:
        client.close()
    server.wait_for("the budget is free again", lambda s: s["bodies_bytes"] == 0)
    check(status(server.ask(post(b"/length", b"x" * MIB, CLOSE))) == 200)
    server.stop_clean()


@own
def answers_budget():
    """Answers that nobody reads are bounded together; who reads is served."""
    server = Server("--answers-mib", 12)
    clients = [server.connect(receive_buffer=4096) for _ in range(20)]
    for client in clients:
        client.sendall(get(b"/large"))
    server.wait_for("some are cut off", lambda s: s["answers_dropped"] > 0)
    check(server.stats()["answers_bytes"] <= 12 * MIB)
    check(status(server.ask(get(b"/page", CLOSE))) == 200)
    for client in clients:
        client.close()
    server.stop_clean()


@own
def graceful_stop():
    """Running and queued requests end well, idle connections are closed, new ones refused."""
    server = Server()
    idle = server.connect()
    idle.sendall(get(b"/hello"))
    read_answer(idle)
    running = [server.connect() for _ in range(6)]
    for client in running:
        client.sendall(get(b"/slow/1000"))
    upload = server.connect()
    upload.sendall(post(b"/length", b"x" * 100_000)[:50_000])
    server.wait_for("all are under way", lambda s: s["slow_busy"] == 2 and s["slow_waiting"] == 4 and
                    s["bodies_bytes"] > 0)
    server.begin_stop()

    def is_refused():
        try:
            socket.create_connection(("127.0.0.1", server.port)).close()
        except OSError:
            return True
        return False

    wait_until("new clients are refused", is_refused)
    check(read_all(idle) == b"")
    upload.sendall(b"x" * 60_000)
    answers = [read_all(client) for client in running]
    check(all(status(data) == 200 for data in answers), answers)
    check(sum(b"Connection: close" in data for data in answers) >= 4)
    check(status(read_all(upload)) == 200)
    server.stop_clean()


@own
def stop_with_a_handler_that_hangs():
    server = Server()
    client = server.connect()
    client.sendall(get(b"/slow/40000"))
    server.wait_for("it runs", lambda s: s["slow_busy"] == 1)
    began = time.monotonic()
    how = server.stop()
    check(how == ("stopped forced", 2) and time.monotonic() - began < 14, how)


@own
def out_of_descriptors():
    server = Server(nofile=64)
    clients = [server.connect(timeout=30) for _ in range(150)]
    before = server.cpu_seconds()
    time.sleep(1)   # a measurement: the listener must not spin meanwhile
    spent = server.cpu_seconds() - before
    check(spent < 0.3, f"{spent:.2f} s of CPU in one second")
    clients[-1].sendall(get(b"/hello", CLOSE))
    check(status(read_all(clients[-1])) == 200)
    for client in clients:
        client.close()
    server.stop_clean()
