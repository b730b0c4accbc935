"""A throw-away PostgreSQL cluster for the tests of one process: own directory, own unix socket,
no TCP port, no durability. One database per node."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from urllib.parse import quote

from . import check

_cluster = None


def _programs():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    check.true(found, "PostgreSQL's programs (Debian package postgresql)")
    return os.path.dirname(found[-1])


class Cluster:
    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix="kith-pg-")
        self.count = 0
        # initdb refuses root; the package made a user for it.
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            os.chmod(self.directory, 0o755)
            shutil.chown(self.directory, self.user)
        programs = _programs()
        self._run([f"{programs}/initdb", "-D", f"{self.directory}/data", "-U", "kith",
                   "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "INT", *self._as_user(),
             f"{programs}/postgres", "-D", f"{self.directory}/data", "-k", self.directory,
             "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200"],
            stdout=subprocess.DEVNULL, stderr=open(f"{self.directory}/log", "wb"),
            cwd=self.directory)
        check.eventually(lambda: os.path.exists(f"{self.directory}/.s.PGSQL.5432"), 20,
                         "PostgreSQL listens")

    def _as_user(self):
        if os.geteuid() != 0:
            return []
        user = pwd.getpwnam(self.user)
        return [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def _run(self, command):
        subprocess.run(["setpriv", *self._as_user(), *command] if self._as_user() else command,
                       check=True, capture_output=True, timeout=120, cwd=self.directory)

    def create_database(self):
        """Creates a database and returns its URL."""
        self.count += 1
        name = f"kith{self.count}"
        check.eventually(lambda: subprocess.run(
            ["psql", self.url("postgres"), "-X", "-c", f"CREATE DATABASE {name}"],
            capture_output=True, timeout=30).returncode == 0, 20, f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, database):
        return f"postgres://kith@/{database}?host={quote(self.directory, safe='')}"

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)


def cluster():
    """The cluster of this process, started on first use and ended at exit."""
    global _cluster
    if _cluster is None:
        import atexit
        _cluster = Cluster()
        atexit.register(_cluster.close)
    return _cluster
