"""Small pictures made by hand, and what is to be known of one."""

import struct
import subprocess
import tempfile
import zlib
from pathlib import Path


def png(width, height, text=None, colour=None):
    """A PNG with a gradient, or of one colour; `text` stands in a comment of it."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def pixel(x, y):
        return bytes(colour) if colour else bytes((x * 255 // width, y * 255 // height, 128))

    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    comment = chunk(b"tEXt", b"Comment\0" + text.encode()) if text else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + comment
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def huge_png(width, height):
    """The head of a PNG that claims a size, with no pixels to speak of."""
    return png(1, 1)[:16] + struct.pack(">II", width, height) + png(1, 1)[24:29] \
        + struct.pack(">I", zlib.crc32(b"IHDR" + struct.pack(">II", width, height) + png(1, 1)[24:29])) + png(1, 1)[33:]


def converted(data, ending):
    """The same in another form, by libvips."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in.png").write_bytes(data)
        subprocess.run(["vips", "copy", "in.png", f"out.{ending}"], cwd=folder, check=True, capture_output=True)
        return (Path(folder) / f"out.{ending}").read_bytes()


def with_exif(jpeg, orientation, text):
    """A JPEG with an Exif segment: how the camera was held, and a description."""
    described = text.encode() + b"\0"
    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 2) + \
        struct.pack("<HHII", 0x010E, 2, len(described), 38) + struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0) + \
        struct.pack("<I", 0) + described
    segment = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def size_of(data):
    """Width and height as libvips reads them."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        read = lambda field: int(subprocess.run(["vipsheader", "-f", field, file.name], check=True,
                                                capture_output=True).stdout)
        return read("width"), read("height")
