"""`Mailbox`: where a node of a test puts its letters, as files."""

import email
import tempfile
from pathlib import Path


class Mailbox:
    def __init__(self):
        self.directory = Path(tempfile.mkdtemp(prefix="kith-mail-"))

    def config(self):
        """Settings of a node that writes its letters here."""
        return {"mail.server": f"file:{self.directory}", "mail.from": "node@here.example"}

    def letters(self, to=None):
        """Those that came, the oldest first."""
        files = sorted(self.directory.glob("*.eml"), key=lambda f: f.stat().st_mtime_ns)
        found = [email.message_from_bytes(f.read_bytes()) for f in files]
        return [letter for letter in found if to is None or letter["To"] == f"<{to}>"]


def text_of(letter):
    return letter.get_payload(decode=True).decode().replace("\r\n", "\n")
