"""Checklist line 44: the address of a client is that of its connection, unless a configured proxy says
otherwise; limits that go by address cannot be walked around by a header."""

from framework import check, raw
from framework.case import run
from framework.node import Node

ATTEMPTS = 40


def _sign_in(node, forwarded):
    """The status of a try to sign in with a wrong password, sent with that X-Forwarded-For."""
    page = raw.exchange(node.url, raw.head_of("GET", node.url + "/auth/sign_in", [("Host", node.host)]))
    token = page.body.decode().split('name="csrf" value="')
    token = token[1].split('"')[0] if len(token) > 1 else ""
    cookies = "; ".join(value.split(";")[0] for name, value in page.headers
                        if name.lower() == "set-cookie")
    body = f"csrf={token}&username=nobody{forwarded[-3:].replace('.', '')}&password=wrong".encode()
    headers = [("Host", node.host), ("Origin", node.base), ("Cookie", cookies),
               ("Content-Type", "application/x-www-form-urlencoded"), ("X-Forwarded-For", forwarded),
               ("Content-Length", str(len(body)))]
    return raw.exchange(node.url, raw.head_of("POST", node.url + "/auth/sign_in", headers) + body).status


def _throttled(trusted):
    node = Node(config={"server.trusted_proxies": trusted, "limits.rate": "on"}).start()
    node.add_user("alice")
    return [_sign_in(node, f"198.51.100.{n}") for n in range(1, ATTEMPTS + 1)]


def test_without_a_trusted_proxy_the_header_counts_for_nothing():
    statuses = _throttled(["203.0.113.7/32"])
    check.is_in(429, statuses, "after many tries from one connection's address")


def test_a_trusted_proxy_is_believed():
    statuses = _throttled(["127.0.0.0/8"])
    check.true(429 not in statuses, f"tries from {ATTEMPTS} addresses are not one's")


if __name__ == "__main__":
    run(globals())
