"""Files of other servers as a node hands them out, and videos and sounds to upload."""

import base64
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

DOOR = "/proxy/"


def remote_of(shown):
    """The remote URL in a URL of a node's door for remote files; None where it is no such URL."""
    path = urlsplit(shown or "").path
    if not path.startswith(DOOR):
        return None
    encoded = path.rsplit("/", 1)[1]
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()


def recorded(ending, *arguments, video="testsrc=size=64x48:rate=10", sound="sine=frequency=440", seconds=1):
    """A file that ffmpeg makes of its own sources; `video` or `sound` None leaves that out."""
    with tempfile.TemporaryDirectory() as folder:
        sources = [part for source in (video, sound) if source
                   for part in ("-f", "lavfi", "-i", f"{source}{':' if '=' in source else '='}duration={seconds}")]
        subprocess.run(["ffmpeg", "-v", "error", "-nostdin", *sources, *arguments, f"out.{ending}"], cwd=folder, check=True)
        return (Path(folder) / f"out.{ending}").read_bytes()


def facts(data):
    """What ffprobe says of a file: its streams' codecs, and its tags."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        said = subprocess.run(["ffprobe", "-v", "error", "-show_entries",
                               "stream=codec_name,pix_fmt,width,height:format=duration:format_tags:stream_tags",
                               "-of", "default=noprint_wrappers=1", file.name], check=True, capture_output=True, text=True)
        return said.stdout
