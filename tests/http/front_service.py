"""What well-behaved clients see."""
import gzip
import re
import socket
import threading

from front_harness import (CLOSE, HELLO, answers_in, body_of, check, chunked, get, post, read_all,
                           read_answer, request, shared, status, with_body)


@shared
def keep_alive(server):
    with server.connect() as client:
        for _ in range(50):
            client.sendall(get(b"/hello"))
            head, body = read_answer(client)
            check(body == HELLO and b"Date: " in head and b"X-Request-Id: " in head, head)
    for headers in (CLOSE, b"Connection: foo, Close\r\n"):
        data = server.ask(get(b"/hello", headers))
        check(b"Connection: close" in data and body_of(data) == HELLO, data)
    data = server.ask(b"GET /hello HTTP/1.0\r\n\r\n")
    check(b"Connection: close" in data and body_of(data) == HELLO, data)


@shared
def methods(server):
    with server.connect() as client:
        client.sendall(request(b"HEAD", b"/page") + get(b"/hello"))
        head, _ = read_answer(client, head_only=True)
        check(int(re.search(rb"Length: (\d+)", head)[1]) >= 45_000, head)
        check(read_answer(client)[1] == HELLO, "a body after HEAD")
        client.sendall(request(b"OPTIONS", b"/length"))
        head, _ = read_answer(client)
        check(status(head) == 204 and b"Content-Length" not in head, head)
        check(b"Allow: OPTIONS, DELETE, PATCH, POST, PUT\r\n" in head, head)
        client.sendall(post(b"/hello", b"x"))
        head, body = read_answer(client)
        check(status(head) == 405 and b"Allow: OPTIONS, GET, HEAD\r\n" in head, head)
        check(b"error" in body, body)
        for method in (b"POST", b"PUT", b"PATCH", b"DELETE"):
            client.sendall(with_body(method, b"/length", b"12345") + request(method, b"/length"))
            check(read_answer(client)[1] == b"5" and read_answer(client)[1] == b"0", method)


@shared
def paths(server):
    with server.connect() as client:
        client.sendall(get(b"/echo/a%20b?x=%00") + get(b"/echo/c/"))
        check(read_answer(client)[1] == b"a b")
        check(read_answer(client)[1] == b"c", "a trailing slash")
        for path in (b"/echo/%00", b"/nope", b"/echo/%zz", b"/echo/%ff", b"/" + b"a/" * 40):
            client.sendall(get(path))
            head, body = read_answer(client)
            check(status(head) == 404 and body == b'{"error":"Record not found"}', path, head)
        client.sendall(get(b"http://b.example:81/host?x=1"))
        check(read_answer(client)[1] == b"b.example:81 b.example:81 /host?x=1", "absolute-form")
        client.sendall(b"\r\n" + get(b"/hello"))
        check(read_answer(client)[1] == HELLO, "an empty line before a request")


@shared
def errors(server):
    data = server.ask(get(b"/throw", CLOSE))
    check(status(data) == 500 and b"secret" not in data and b"EXCEPTION" not in data, data)
    check(status(server.ask(post(b"/throw", b"x" * 10, CLOSE))) == 500)
    data = server.ask(get(b"/fail", CLOSE))
    check(status(data) == 503 and b"Retry-After: " in data and b"secret" not in data, data)
    check(body_of(data) == b'{"error":"Not now"}', data)


@shared
def cross_origin(server):
    allowed = b"Access-Control-Allow-Origin: *\r\n"
    for raw in (get(b"/api/params", CLOSE), get(b"/api/nope", CLOSE),
                post(b"/api/tagged", b"", CLOSE), get(b"/hello", b"Bad Name: x\r\n")):
        check(allowed in server.ask(raw), raw)
    for path in (b"/api/params", b"/api/nope"):
        data = server.ask(request(b"OPTIONS", path, CLOSE))
        check(status(data) == 204 and allowed in data and b"Idempotency-Key" in data, data)
    check(allowed not in server.ask(get(b"/hello", CLOSE)))


@shared
def entity_tags(server):
    data = server.ask(get(b"/api/tagged", CLOSE))
    tag = re.search(rb"ETag: (\S+)", data)[1]
    data = server.ask(get(b"/api/tagged", CLOSE + b'If-None-Match: "x", W/' + tag + b"\r\n"))
    check(status(data) == 304 and body_of(data) == b"" and b"Content-Length" not in data, data)


@shared
def parameters(server):
    def params(raw):
        data = server.ask(raw)
        return body_of(data).decode().splitlines() if status(data) == 200 else status(data)

    form = CLOSE + b"Content-Type: application/x-www-form-urlencoded\r\n"
    as_json = CLOSE + b"Content-Type: application/json\r\n"
    expected = ["limit=5", "id=1", "id=2", "option=a b", "option=ü"]
    body = "id[]=1&id%5B%5D=2&poll[options][]=a+b&poll[options][]=%C3%BC".encode()
    document = b'{"id":[1,"2"],"limit":5,"poll":{"options":["a b","\\u00fc"]},"x":null}'
    for method in (b"GET", b"POST", b"PUT", b"PATCH", b"DELETE"):
        check(params(with_body(method, b"/api/params?limit=5", body, form)) == expected, method)
        check(params(with_body(method, b"/api/params?limit=9", document, as_json)) == expected, method)
    zipped = gzip.compress(document)
    check(params(post(b"/api/params", zipped, as_json + b"Content-Encoding: gzip\r\n")) == expected)
    multipart = CLOSE + b"Content-Type: multipart/form-data; boundary=\"B\"\r\n"
    parts = b"".join(b"--B\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n" % part
                     for part in ((b"fields[0][name]", b"", b"first"),
                                  (b"fields[1][name]", b"", b"second"),
                                  (b"avatar", b"; filename=\"a.png\"\r\nContent-Type: image/png",
                                   b"\x89PNG\r\n--XX")))
    check(params(post(b"/api/params", parts + b"--B--\r\n", multipart)) ==
          ["limit=-", "field=first", "field=second", "file=avatar a.png image/png 10"])
    for broken in (b"{", b"[1]", b'{"a":"\\u0000"}', b"[" * 100_000, b'{"a":1,"a":2}'):
        check(params(post(b"/api/params", broken, as_json)) == 400, broken[:20])
    for broken in (b"a=%zz", b"a=%ff", b"a=%00", b"&".join([b"a=b"] * 1001), b"a" * 300 + b"=b"):
        check(params(post(b"/api/params", broken, form)) == 400, broken[:20])


@shared
def client_addresses(server):
    def client(source, forwarded):
        header = b"" if forwarded is None else b"X-Forwarded-For: %s\r\n" % forwarded
        return body_of(server.ask(get(b"/client", CLOSE + header), source=source))

    check(client(None, b"6.6.6.6") == b"127.0.0.1", "an untrusted peer is not believed")
    check(client("127.0.0.3", b"192.0.2.1") == b"192.0.2.1")
    check(client("127.0.0.3", b"6.6.6.6, 192.0.2.1, 127.0.0.3") == b"192.0.2.1", "hearsay")
    check(client("127.0.0.3", b"6.6.6.6, nonsense") == b"127.0.0.3")
    check(client("127.0.0.3", b"[2001:db8::1]:4711") == b"2001:db8::1")
    check(client("127.0.0.3", None) == b"127.0.0.3")
    data = server.ask(get(b"/peer", CLOSE + b"REMOTE_ADDR: 6.6.6.6\r\n"))
    check(body_of(data) == b"127.0.0.1", data)


@shared
def ipv6(server):
    if not server.port6:
        return   # a machine without IPv6
    with socket.create_connection(("::1", server.port6), timeout=20) as client:
        client.sendall(get(b"/peer", CLOSE))
        check(body_of(read_all(client)) == b"::1")


@shared
def pipelining(server):
    data = server.ask(b"".join(get(b"/echo/%d" % i) for i in range(9)) + get(b"/echo/9", CLOSE))
    check(re.findall(rb"\r\n\r\n(\d)", data) == [b"%d" % i for i in range(10)], data)
    data = server.ask(b"".join(post(b"/length", b"x" * i) for i in range(50)) + get(b"/hello", CLOSE))
    check(re.findall(rb"\r\n\r\n(\d+)HTTP", data) == [b"%d" % i for i in range(50)], data[-300:])
    data = server.ask(chunked(b"/length", [b"abc"] * 7) + chunked(b"/length", [b"x" * 100_000]) +
                      post(b"/length", b"y" * 70_000) + get(b"/hello", CLOSE))
    check(re.findall(rb"\r\n\r\n(\d+)HTTP", data) == [b"21", b"100000", b"70000"], data)
    many = 2000   # more than any buffer holds: back-pressure must not dead-lock
    with server.connect() as client:
        raw = get(b"/hello") * many + get(b"/hello", CLOSE)
        sender = threading.Thread(target=client.sendall, args=(raw,))
        sender.start()
        data = read_all(client)
        sender.join()
    check(data.count(b"HTTP/1.1 200") == many + 1, data.count(b"HTTP/1.1 200"))


@shared
def drip(server):
    for raw in (get(b"/hello", CLOSE), post(b"/length", b"hello", CLOSE),
                b"\r\n" + chunked(b"/length", [b"ab", b"c"], b"0\r\nX: y\r\n\r\n", CLOSE)):
        data = server.ask(*[raw[i:i + 1] for i in range(len(raw))], pause=0.001)
        check(status(data) == 200, data)


@shared
def expect_continue(server):
    expect = b"Expect: 100-continue\r\n"
    for size in (10, 100_000):
        with server.connect() as client:
            client.sendall(request(b"POST", b"/length", CLOSE + expect + b"Content-Length: %d\r\n" % size))
            check(read_answer(client)[0] == b"HTTP/1.1 100 Continue\r\n\r\n")
            client.sendall(b"x" * size)
            check(read_answer(client)[1] == b"%d" % size)
    with server.connect() as client:
        client.sendall(request(b"POST", b"/length", CLOSE + expect + b"Transfer-Encoding: chunked\r\n"))
        check(b"100 Continue" in read_answer(client)[0])
        client.sendall(b"3\r\nabc\r\n0\r\n\r\n")
        check(read_answer(client)[1] == b"3")
    with server.connect() as client:
        client.sendall(request(b"POST", b"/length", expect + b"Content-Length: 10000000\r\n"))
        check(status(read_all(client)) == 413, "told before it sends")
    data = server.ask(post(b"/length", b"abc", CLOSE + expect))
    check(body_of(data) == b"3" and answers_in(data) == 1, data)
