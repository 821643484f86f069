"""What a picture file says beside its pixels, and painting over pixels."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pii_guard.containers.places import PartLocator
from pii_guard.model import Anchor
from pii_guard.model import Segment

if TYPE_CHECKING:
    from PIL.Image import Image

    from pii_guard.containers.ocr import Box
    from pii_guard.containers.ocr import Line

_GPS_DIRECTORY, _EXIF_DIRECTORY = 0x8825, 0x8769
_PAD = 2
_SCAN = 0xDA  # JPEG: from here on pixels
_ABOUT = frozenset([0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE])  # APPn but JFIF, colour profile and Adobe's; comments
_CARD = re.compile("公民身份证?号码|公民身份號碼")
_PORTRAIT = (0.68, 1.06)  # of the number line's width: where the portrait of a card begins and ends
_ABOVE = 0.56  # of the same: how high it stands above the line


def metadata(data: bytes) -> Iterator[tuple[str, str]]:
    """Texts of EXIF, XMP, PNG and comments; the position as `latitude,longitude` under GPS."""
    import PIL.Image
    from PIL import ExifTags

    with PIL.Image.open(io.BytesIO(data)) as picture:
        exif = picture.getexif()
        position = _position(exif.get_ifd(_GPS_DIRECTORY))
        if position:
            yield "GPS", position
        for tag, value in [*exif.items(), *exif.get_ifd(_EXIF_DIRECTORY).items()]:
            text = _text(value)
            if text:
                yield ExifTags.TAGS.get(tag, str(tag)), text
        for key, value in picture.info.items():
            text = _text(value) if key not in ("exif", "icc_profile", "dpi", "photoshop") else ""
            if text:
                yield str(key), re.sub(r"<[^>]{0,2000}>", " ", text)


def about(data: bytes) -> list[Segment]:
    """The metadata as detectors see it; none where the picture cannot be opened."""
    try:
        found = list(metadata(data))
    except (OSError, SyntaxError, ValueError):
        return []
    return [
        Segment(text, PartLocator(Anchor("property", key=key)), "GPS" if key == "GPS" else None) for key, text in found
    ]


def without_metadata(jpeg: bytes) -> bytes:
    """A JPEG without EXIF, XMP, IPTC and comments, its pixels and colours untouched (ITU-T T.81, annex B)."""
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1] != _SCAN:
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in _ABOUT:
            kept.append(jpeg[at : at + length])
        at += length
    return b"".join([*kept, jpeg[at:]])


def _text(value: object) -> str:
    if isinstance(value, bytes):
        plain = value[8:] if value[:8] in (b"ASCII\0\0\0", b"UNICODE\0") else value
        codec = "utf-16-le" if value.startswith(b"UNICODE") else "utf-8"
        value = plain.decode(codec, "ignore")
    text = value.strip("\0 \n") if isinstance(value, str) else ""
    return text if (len(text) > 3 and text.isprintable()) or "\n" in text else ""


def _position(gps: Mapping[int, object]) -> str:
    """Degrees from GPS tags 1 to 4."""
    try:
        latitude, longitude = (_degrees(gps[number]) for number in (2, 4))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ""
    latitude *= -1 if str(gps.get(1, "N")).upper().startswith("S") else 1
    longitude *= -1 if str(gps.get(3, "E")).upper().startswith("W") else 1
    return f"{latitude:.6f},{longitude:.6f}"


def _degrees(parts: object) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)  # type: ignore[attr-defined]
    return degrees + minutes / 60 + seconds / 3600


def black_out(frame: Image, boxes: Iterable[Box]) -> None:
    """Solid black, in place."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(frame)
    black = 0 if len(frame.getbands()) == 1 else (0, 0, 0, 255)[: len(frame.getbands())]
    for x0, y0, x1, y1 in boxes:
        draw.rectangle((x0 - _PAD, y0 - _PAD, x1 + _PAD, y1 + _PAD), fill=black)


def portraits(lines: Sequence[Line], size: tuple[int, int]) -> list[Box]:
    """The portrait of an identity card, by where its number line stands: to the right, above it."""
    found = []
    for line in lines:
        if not _CARD.search(line.text) or len(line.boxes) < 12:
            continue
        first, last = line.boxes[0], line.boxes[-1]
        x0, y0, x1, y1 = first[0], min(first[1], last[1]), last[2], max(first[3], last[3])
        if x1 - x0 > 4 * (y1 - y0):  # upright
            width = x1 - x0
            found.append((x0 + _PORTRAIT[0] * width, y0 - _ABOVE * width, x0 + _PORTRAIT[1] * width, y0 - 4))
        elif first[0] > last[2]:  # upside down
            width = first[2] - last[0]
            found.append(
                (
                    first[2] - _PORTRAIT[1] * width,
                    y1 + 4,
                    first[2] - _PORTRAIT[0] * width,
                    y1 + _ABOVE * width,
                )
            )
    return [_within(box, size) for box in found]


def _within(box: Box, size: tuple[int, int]) -> Box:
    x0, y0, x1, y1 = box
    return max(0.0, x0), max(0.0, y0), min(float(size[0]), x1), min(float(size[1]), y1)
