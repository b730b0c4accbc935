"""Looks into a node's database from outside, to assert rows: SQLite read-only, PostgreSQL by
psql."""

import contextlib
import csv
import io
import sqlite3
import subprocess

# What changes by itself, without anything having happened to the community.
VOLATILE_TABLES = {"refusal", "process_lease", "key_pool", "job", "session", "oauth_token",
                   "oauth_code", "oauth_app", "event_todo", "peer", "alive",
                   "catch_up", "catch_up_host"}
VOLATILE_COLUMNS = {"fetched_at", "last_seen_at", "last_used_at", "lease_until"}
# Besides those, what an activity may leave that was answered with 202 and then refused.
JOURNAL_TABLES = {"inbox_activity"}

_INBOX_STATES = {0: "accepted", 1: "applied", 2: "refused"}


class Sqlite:
    """The database file of a node; each query opens it anew, so a kill does not matter."""

    def __init__(self, path):
        self.path = path

    def rows(self, query, parameters=()):
        """Rows as dicts."""
        with self.held() as held:
            return held.rows(query, parameters)

    @contextlib.contextmanager
    def held(self):
        """The same, open for many queries: to open it reads the whole schema."""
        with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=10)) as connection:
            connection.row_factory = sqlite3.Row
            yield _HeldSqlite(connection)

    def tables(self):
        with self.held() as held:
            return held.tables()


class _HeldSqlite:
    def __init__(self, connection):
        self.connection = connection

    def rows(self, query, parameters=()):
        return [dict(r) for r in self.connection.execute(query, parameters)]

    def tables(self):
        """Ordinary tables; the shadow tables of full-text indexes repeat what these hold."""
        found = self.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        virtual = {r["name"] for r in found if r["sql"] and r["sql"].startswith("CREATE VIRTUAL")}
        return sorted(r["name"] for r in found
                      if not r["name"].startswith("sqlite_") and r["name"] not in virtual
                      and not any(r["name"].startswith(v + "_") for v in virtual))


class Postgres:
    """A node's PostgreSQL database. Values come as text, NULL as ''."""

    def __init__(self, url):
        self.url = url

    def rows(self, query, parameters=()):
        for value in parameters:
            text = str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
            query = query.replace("?", text, 1)
        done = subprocess.run(["psql", self.url, "-X", "--csv", "-c", query], check=True,
                              capture_output=True, text=True, timeout=30)
        return [{k: int(v) if v.lstrip("-").isdigit() else v for k, v in row.items()}
                for row in csv.DictReader(io.StringIO(done.stdout))]

    @contextlib.contextmanager
    def held(self):
        yield self

    def tables(self):
        return sorted(r["tablename"] for r in self.rows(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))


def snapshot(database, exclude=()):
    """{table: sorted rows} of everything but the volatile and the excluded tables."""
    result = {}
    with database.held() as held:
        for table in held.tables():
            if table in VOLATILE_TABLES or table in exclude:
                continue
            rows = held.rows(f'SELECT * FROM "{table}"')
            result[table] = sorted(
                repr({k: v for k, v in row.items() if k not in VOLATILE_COLUMNS}) for row in rows)
    return result


def difference(before, after):
    """What changed between two snapshots, as readable lines; empty where nothing did."""
    lines = []
    for table in sorted(before.keys() | after.keys()):
        old, new = set(before.get(table, ())), set(after.get(table, ()))
        lines += [f"{table}: + {row[:300]}" for row in sorted(new - old)]
        lines += [f"{table}: - {row[:300]}" for row in sorted(old - new)]
    return lines


def inbox_state(database, activity_id):
    """'accepted', 'applied' or 'refused'; None where no such activity is in the inbox."""
    rows = database.rows("SELECT state FROM inbox_activity WHERE ap_id = ?", (activity_id,))
    return _INBOX_STATES[rows[0]["state"]] if rows else None
