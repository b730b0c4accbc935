"""Many members of a group at once: copies of one person's rows, on their own node and on the group's."""

import sqlite3
import subprocess

STEP = 4096 * 1_000_000  # ids of other times than those of this test


def _run(node, script):
    if hasattr(node.database, "path"):
        connection = sqlite3.connect(node.database.path, timeout=20)
        try:
            connection.executescript("BEGIN IMMEDIATE;" + script + "COMMIT;")
        finally:
            connection.close()
    else:
        subprocess.run(["psql", node.database.url, "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1"], input=script, check=True,
                       capture_output=True, text=True, timeout=60)


def _copied(table, where, changes):
    sets = ", ".join(f"{column} = {value}" for column, value in changes.items())
    return (f"CREATE TEMP TABLE copied AS SELECT * FROM {table} WHERE {where}; UPDATE copied SET {sets};"
            f"INSERT INTO {table} SELECT * FROM copied; DROP TABLE copied;")


def _person(node, ap_id, name, n):
    """SQL that copies an actor as `name`."""
    row = node.sql("SELECT id, username FROM actor WHERE ap_id = ?", ap_id)[0]
    old = f"'/u/{row['username']}'"
    urls = ("ap_id", "url", "inbox", "outbox", "followers_url", "following_url", "featured_url")
    changes = {column: f"replace({column}, {old}, '/u/{name}')" for column in urls}
    changes |= {"id": row["id"] - n * STEP, "username": f"'{name}'", "username_folded": f"'{name}'"}
    return row["id"], _copied("actor", f"id = {row['id']}", changes)


def _follow(node, follower, group_ap_id, n):
    row = node.sql("SELECT f.id, f.followed_id FROM follow f JOIN actor a ON a.id = f.followed_id WHERE f.follower_id = ? "
                   "AND a.ap_id = ?", follower, group_ap_id)[0]
    changes = {"id": row["id"] - n * STEP, "follower_id": follower - n * STEP, "ap_id": f"ap_id || '-{n}'"}
    return row["followed_id"], _copied("follow", f"id = {row['id']}", changes)


def multiply(home, host, member, group_ap_id, count):
    """`count` more members like `member` (a name on `home`) of the group on the node `host`. Returns their ids."""
    ap_id = home.person_id(member)
    names = [f"{member}_{n}" for n in range(1, count + 1)]
    for node in {home, host}:
        script = ""
        for n, name in enumerate(names, 1):
            actor, sql = _person(node, ap_id, name, n)
            script += sql
            if node is home:
                script += _copied("actor_key", f"actor_id = {actor} AND private_pem <> ''", {
                    "actor_id": actor - n * STEP, "key_id": f"replace(key_id, '/u/{member}#', '/u/{name}#')"})
            group, sql = _follow(node, actor, group_ap_id, n)
            script += sql
            if node is host:
                script += _copied("membership", f"group_id = {group} AND actor_id = {actor}", {"actor_id": actor - n * STEP})
        script += f"UPDATE actor SET followers_count = followers_count + {count} WHERE ap_id = '{group_ap_id}';"
        _run(node, script)
    return [home.person_id(name) for name in names]
