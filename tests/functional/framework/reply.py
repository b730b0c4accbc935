"""Answers of a fake peer, the bad ones included."""

import asyncio
import dataclasses
import itertools
import json
import threading

from .sign import ACTIVITY_JSON

HOLD_MAX_S = 60
REASONS = {200: "OK", 202: "Accepted", 301: "Moved Permanently", 302: "Found"}


@dataclasses.dataclass
class Reply:
    """`delay_s` before the answer, or `until` a threading.Event is set; `drip_s` between single bytes of the body; `content_type` None
    leaves the header out; `endless` repeats the body in chunks until the other side goes;
    `hang` never answers; `drop` closes without an answer; `close` closes after it."""
    status: int = 200
    body: bytes = b""
    content_type: str = ACTIVITY_JSON
    headers: tuple = ()
    delay_s: float = 0.0
    until: threading.Event | None = None
    drip_s: float = 0.0
    endless: bool = False
    hang: bool = False
    drop: bool = False
    close: bool = False

    @staticmethod
    def json(document, content_type=ACTIVITY_JSON, **more):
        return Reply(200, json.dumps(document).encode(), content_type, **more)

    @staticmethod
    def redirect(location, status=302):
        return Reply(status, headers=(("Location", location),))

    def but(self, **changes):
        return dataclasses.replace(self, **changes)


def _head(reply):
    lines = [f"HTTP/1.1 {reply.status} {REASONS.get(reply.status, 'Status')}"]
    if reply.content_type:
        lines.append(f"Content-Type: {reply.content_type}")
    if reply.endless:
        lines.append("Transfer-Encoding: chunked")
    else:
        lines.append(f"Content-Length: {len(reply.body)}")
    if reply.close:
        lines.append("Connection: close")
    lines += [f"{n}: {v}" for n, v in reply.headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def write_reply(writer, reply):
    """Writes an answer; False where the connection ends with it."""
    if reply.hang:
        await asyncio.Event().wait()
    if reply.delay_s:
        await asyncio.sleep(reply.delay_s)
    if reply.until:
        await asyncio.get_running_loop().run_in_executor(None, reply.until.wait, HOLD_MAX_S)
    if reply.drop:
        return False
    if reply.endless:
        writer.write(_head(reply))
        chunk = b"%x\r\n%s\r\n" % (len(reply.body), reply.body)
        for _ in itertools.count():
            writer.write(chunk)
            await writer.drain()
    if reply.drip_s:
        writer.write(_head(reply))
        for index in range(len(reply.body)):
            writer.write(reply.body[index:index + 1])
            await writer.drain()
            await asyncio.sleep(reply.drip_s)
    else:
        writer.write(_head(reply) + reply.body)
        await writer.drain()
    return not reply.close
