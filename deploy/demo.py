#!/usr/bin/env python3
"""Brings a demo to life: people on two running nodes, a group on the first with members on both, and
a conversation in it, all through the doors that everybody uses (`kith` and the Mastodon API).

Usage: demo.py --kith BINARY --accounts FILE FIRST.toml SECOND.toml

Names and passwords go into FILE (readable by its owner only). Where FILE exists, the demo has been
brought to life before, and only the way in is printed.
"""
import argparse
import json
import os
import pathlib
import secrets
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.parse
import urllib.request

WAIT_SECONDS = 60
GROUP = "gardening"


class Node:
    """One running node: its command line and the way to its API."""

    def __init__(self, kith, config):
        self.command = [kith, "--config", str(config)]
        self.host = tomllib.loads(pathlib.Path(config).read_text())["server"]["host"]
        self.base = f"http://{self.host}"

    def kith(self, *arguments):
        done = subprocess.run([*self.command, *arguments], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            sys.exit(f"demo: kith {' '.join(arguments[:3])} failed:\n{done.stderr}")
        return done.stdout.strip()


class Person:
    """Somebody with an account on a node, using it through the API."""

    def __init__(self, node, name, role="member"):
        self.node, self.name, self.password = node, name, secrets.token_urlsafe(9)
        node.kith("user", "add", name, "--email", f"{name}@demo.invalid", "--password", self.password,
                  "--role", role)
        self.token = node.kith("token", "create", name, "--scopes", "read write follow push")

    def call(self, method, path, **fields):
        url = f"{self.node.base}/api/{path}"
        body = None
        if method == "GET" and fields:
            url += "?" + urllib.parse.urlencode(fields)
        elif method != "GET":
            body = json.dumps(fields).encode()
        request = urllib.request.Request(url, body, method=method, headers={
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            sys.exit(f"demo: {method} {url} was answered with {error.code}: {error.read(500)!r}")

    def find(self, what, kind):
        """The account or status of an address, fetched from its node where it is not known yet."""
        def look():
            found = self.call("GET", "v2/search", q=what, type=kind, resolve="true")[kind]
            return found[0] if found else None
        return eventually(look, f"{self.name} finds {what}")

    def follow(self, account):
        self.call("POST", f"v1/accounts/{account['id']}/follow")

        def accepted():
            return self.call("GET", "v1/accounts/relationships", id=account["id"])[0]["following"]
        eventually(accepted, f"{self.name} follows {account['acct']}")

    def post(self, text, reply_to=None):
        fields = {"status": text, "visibility": "public"}
        if reply_to:
            fields["in_reply_to_id"] = reply_to["id"]
        return self.call("POST", "v1/statuses", **fields)

    def thread(self, status):
        return self.call("GET", f"v1/statuses/{status['id']}/context")["descendants"]


def eventually(look, what):
    """The first truthy answer of `look`, asked again until it comes."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not (found := look()):
        if time.monotonic() > deadline:
            sys.exit(f"demo: this did not happen within {WAIT_SECONDS} s: {what}")
        time.sleep(0.2)
    return found


def converse(first, second):
    """The people, the group and their conversation; returns the people."""
    ada, ben = Person(first, "ada", role="admin"), Person(first, "ben")
    cleo, dan = Person(second, "cleo", role="admin"), Person(second, "dan")
    first.kith("group", "add", GROUP, "--owner", "ada", "--title", "Gardening")
    address = f"@{GROUP}@{first.host}"
    for person in (ada, ben, cleo, dan):
        person.follow(person.find(address, "accounts"))

    asked = ben.post(f"@{GROUP} Slugs ate all my lettuce again.\n\nWhat has really helped you, short of "
                     "moving house?")
    print(f"  ben asked the group on {first.host}")
    seen = cleo.find(asked["uri"], "statuses")
    cleo.post(f"@ben@{first.host} A ring of coffee grounds, and a board to collect them under in the "
              "morning.", reply_to=seen)
    cleo.call("POST", f"v1/statuses/{seen['id']}/favourite")
    eventually(lambda: len(ada.thread(asked)) == 1, "cleo's answer reaches the group")
    print(f"  cleo answered from {second.host}")
    answer = ada.thread(asked)[0]
    ada.post("The board works for me too. Coffee only until it rains.", reply_to=answer)
    there = dan.find(asked["uri"], "statuses")
    dan.post(f"@ben@{first.host} Ducks. Two are enough.", reply_to=there)
    eventually(lambda: len(ben.thread(asked)) == 3, "all answers reach the group")
    eventually(lambda: len(cleo.thread(seen)) == 3, "all answers reach the second node")
    welcome = ada.post(f"@{GROUP} Welcome, and say hello here.\n\nTell us what grows where you are.")
    dan.find(welcome["uri"], "statuses")
    print("  ada and dan joined in; the thread is the same on both nodes")
    return [ada, ben, cleo, dan]


def write_accounts(path, people):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        for person in people:
            out.write(f"{person.node.base}  {person.name}  {person.password}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kith", required=True)
    parser.add_argument("--accounts", required=True, type=pathlib.Path)
    parser.add_argument("first")
    parser.add_argument("second")
    arguments = parser.parse_args()
    first, second = (Node(arguments.kith, config) for config in (arguments.first, arguments.second))
    if not arguments.accounts.exists():
        print("\nBringing the demo to life")
        write_accounts(arguments.accounts, converse(first, second))
    print(f"""
Two nodes that federate: {first.base} and {second.base}

  the group           {first.base}/c/{GROUP}
  a member elsewhere  {second.base}/@cleo
  sign in as          the names and passwords in {arguments.accounts}
                      (any Mastodon client; the server is {first.host} or {second.host})""")


if __name__ == "__main__":
    main()
