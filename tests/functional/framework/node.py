"""`Node`: one kith process on loopback with its own directory, configuration and database."""

import atexit
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from . import api, case, check, database, key_stock, postgres, toml

ROOT = Path(__file__).resolve().parents[3]
BINARY = os.environ.get("KITH", str(ROOT / "build/dev/kith"))
ENGINE = os.environ.get("KITH_TEST_ENGINE", "sqlite")
START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 30
SETTLE_SECONDS_MAX = 20
TAIL_LINES = 60
PASSWORD = "correct horse battery staple"
SCOPES = "read write follow push"

_running = set()
_given_ports = set()


@atexit.register
def _kill_leftovers():
    for process in list(_running):
        process.kill()
        process.wait()


def free_port(ip="127.0.0.1"):
    """A port that nobody listens on now, and that was not given to anybody in this process before."""
    while True:
        with socket.socket() as probe:
            probe.bind((ip, 0))
            port = probe.getsockname()[1]
        if port not in _given_ports:
            _given_ports.add(port)
            return port


class VirtualClock:
    """The time of nodes started with it: it stands still until a test moves it."""

    def __init__(self, start_ms=None):
        fd, self.path = tempfile.mkstemp(prefix="kith-clock-")
        os.close(fd)
        atexit.register(lambda: os.path.exists(self.path) and os.unlink(self.path))
        self.set(int(time.time() * 1000) if start_ms is None else start_ms)

    def set(self, now_ms):
        self.now_ms = now_ms
        with open(self.path + ".new", "w") as out:
            out.write(str(now_ms))
        os.replace(self.path + ".new", self.path)

    def advance(self, seconds):
        self.set(self.now_ms + int(seconds * 1000))


class Node:
    """A node, not yet started. `host` gives it a name instead of 127.0.0.1 (peers need it in their
    `resolve`); `config` overrides settings by their full name; `clock` is a VirtualClock."""

    def __init__(self, host=None, config=None, clock=None, resolve=None, engine=None, env=None):
        self.directory = Path(tempfile.mkdtemp(prefix="kith-"))
        self.port = free_port()
        self.ops_port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.clock = clock
        self.env = dict(env or {})
        self.log_file = self.directory / "log"
        self.process = None
        self._clients = {}
        if (engine or ENGINE) == "postgres":
            database_url = postgres.cluster().create_database()
            self.database = database.Postgres(database_url)
        else:
            database_url = "sqlite:kith.db"
            self.database = database.Sqlite(self.directory / "kith.db")
        self.config = {
            "server.host": f"{host or '127.0.0.1'}:{self.port}",
            "server.scheme": "http",
            "server.listen": f"127.0.0.1:{self.port}",
            "server.ops_listen": f"127.0.0.1:{self.ops_port}",
            "database.url": database_url,
            "federation.allow_private_addresses": True,
            "federation.retry_delays": ["0s", "200ms", "500ms", "1s", "2s"],
            "federation.resolve": resolve or {},
            "registration.mode": "closed",
            "limits.rate": "off",
            "log.level": "debug",
        }
        self.config.update(config or {})
        self.host = self.config["server.host"]
        self.base = f"{self.config['server.scheme']}://{self.host}"
        self.inbox = self.base + "/inbox"
        self.config_file = self.directory / "kith.toml"
        self.write_config()
        case.at_end(self)

    def write_config(self):
        self.config_file.write_text(toml.dumps(self.config))

    def _environment(self):
        clock = {"KITH_TEST_CLOCK": self.clock.path} if self.clock else {}
        return {**os.environ, "KITH_TEST_KEYS": key_stock.path(), **clock, **self.env}

    # -- life --------------------------------------------------------------------------------

    def start(self, wait=True, stop_at=None):
        """Starts `kith serve` and waits until /health answers. `stop_at` ("point" or "point:n")
        makes the process die there as in a power cut. Returns self."""
        check.true(os.path.exists(BINARY), f"the node's binary {BINARY}")
        environment = self._environment()
        if stop_at:
            environment["KITH_TEST_STOP"] = stop_at
        with open(self.log_file, "ab") as log:
            # setpriv: the node must not outlive the test, however the test ends.
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", BINARY, "serve", "--config",
                 str(self.config_file)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment,
                cwd=self.directory)
        _running.add(self.process)
        if wait:
            check.eventually(self.healthy, START_SECONDS_MAX, f"{self.host} answers /health")
        return self

    def healthy(self):
        """True where /health answers 200; fails at once where the process has ended."""
        code = self.process.poll()
        if code is not None:
            raise RuntimeError(f"kith serve ended with {code}\n{self.tail()}")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health", headers={"Host": self.host})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def running(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        """Ends the node cleanly and expects exit code 0."""
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.kill9()
            check.fail(f"{self.host} did not stop within {STOP_SECONDS_MAX} s\n{self.tail()}")
        self._gone()
        if code != 0:
            check.fail(f"{self.host} ended with {code}\n{self.tail()}")

    def kill9(self):
        """Ends the node as a power cut would."""
        if self.running():
            self.process.kill()
        self.process.wait()
        self._gone()

    def wait_killed(self, timeout=30):
        """Waits for the process to die at its `stop_at` point."""
        code = self.process.wait(timeout)
        self._gone()
        check.equal(code, -signal.SIGKILL, f"exit of {self.host} at its stop point")

    def restart(self):
        self.stop()
        return self.start()

    def close(self, failed=False):
        """Called by `case`: a node that crashed or does not stop cleanly fails the test."""
        try:
            if failed and self.process:
                self.kill9()
            elif self.process:
                if not self.running():
                    check.fail(f"{self.host} is dead: {self.process.returncode}\n{self.tail()}")
                self.stop()
        finally:
            if not os.environ.get("KITH_TEST_KEEP"):
                shutil.rmtree(self.directory, ignore_errors=True)

    def _gone(self):
        _running.discard(self.process)
        self.process = None

    # -- log ---------------------------------------------------------------------------------

    def log(self):
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def tail(self):
        lines = self.log().splitlines()[-TAIL_LINES:]
        return "\n".join([f"--- end of the log of {self.host} ({self.directory})", *lines, "---"])

    # -- commands ----------------------------------------------------------------------------

    def cli(self, *arguments, code=0):
        """Runs a kith command with this node's configuration, returns what it printed (of one that
        fails as expected, its complaint), and fails where it ends with another exit code."""
        environment = self._environment()
        done = subprocess.run([BINARY, *arguments, "--config", str(self.config_file)],
                              capture_output=True, text=True, timeout=120, env=environment,
                              cwd=self.directory)
        if done.returncode != code:
            check.fail(f"kith {' '.join(arguments)}: expected exit {code}, got {done.returncode}: "
                       f"{done.stdout}{done.stderr}")
        return done.stdout if code == 0 else done.stderr

    def add_user(self, name, role="member"):
        """A person with PASSWORD; returns an api.Client signed in as them."""
        self.cli("user", "add", name, "--email", f"{name}@mail.example", "--password", PASSWORD,
                 "--role", role)
        return self.client(name)

    def add_group(self, name, owner, title=None):
        """A group; returns its ActivityPub id."""
        self.cli("group", "add", name, "--owner", owner, "--title", title or name.capitalize())
        return self.group_id(name)

    def token(self, name, scopes=SCOPES):
        token = self.cli("token", "create", name, "--scopes", scopes).strip()
        check.true(re.fullmatch(r"\S{20,}", token), "a token and nothing else")
        return token

    def client(self, name=None):
        """The API client of a person (one token each), or of nobody."""
        if name not in self._clients:
            token = self.token(name) if name else None
            self._clients[name] = api.Client(self.url, token, host=self.host)
        return self._clients[name]

    # -- names -------------------------------------------------------------------------------

    def person_id(self, name):
        return f"{self.base}/u/{name}"

    def group_id(self, name):
        return f"{self.base}/c/{name}"

    def handle(self, name):
        return f"@{name}@{self.host}"

    # -- database ----------------------------------------------------------------------------

    def sql(self, query, *parameters):
        """Rows of the database as dicts; '?' are the parameters."""
        return self.database.rows(query, parameters)

    def count(self, table, where="1 = 1", *parameters):
        return self.sql(f'SELECT count(*) AS n FROM "{table}" WHERE {where}', *parameters)[0]["n"]

    def post_id(self, uri, timeout=20):
        """The id of a post here, once it is there."""
        return check.eventually(lambda: self.sql("SELECT id FROM post WHERE ap_id = ?", uri), timeout, f"{uri} on {self.host}")[0]["id"]

    def snapshot(self, exclude=()):
        """All rows but the refusal log and what changes by itself, once the node is at rest: it has no event to
        tell of or to count any more."""
        check.eventually(lambda: self.count("event_todo") == 0, SETTLE_SECONDS_MAX, f"{self.host} has told of all events")
        return check.steady(lambda: database.snapshot(self.database, exclude),
                            what=f"database of {self.host}")

    def inbox_state(self, activity):
        """'accepted', 'applied', 'refused' or None: how far a received activity came."""
        return database.inbox_state(self.database, activity["id"])

    def judged(self, activity, timeout=20):
        """What became of a received activity in the end: 'applied' or 'refused'."""
        def state():
            found = self.inbox_state(activity)
            return found if found in ("applied", "refused") else None
        return check.eventually(state, timeout, f"{activity['type']} is judged on {self.host}")
