"""What a picture file says beside its pixels: EXIF with its GPS position, XMP, IPTC, PNG texts, comments."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from pii_guard.containers.places import PartLocator
from pii_guard.model import Anchor
from pii_guard.model import Segment

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_GPS_DIRECTORY, _EXIF_DIRECTORY = 0x8825, 0x8769
_WINDOWS = range(0x9C9B, 0x9CA0)  # title, comment, author, keywords, subject in UTF-16, as Explorer writes them
_PEOPLE = re.compile("artist|author|owner|by-?line|copyright", re.IGNORECASE)
_NO_TEXT = frozenset({"exif", "icc_profile", "dpi", "photoshop"})
_MARKS = re.compile(r"[<>\"'=]|xmlns:\w+|xmp\.[did]{2,4}:[0-9A-Fa-f-]{0,80}|uuid:[0-9A-Fa-f-]{0,80}")
_SCAN = 0xDA  # JPEG: from here on pixels
_ABOUT = frozenset([0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE])  # APPn but JFIF, colour profile and Adobe's; comments


def about(data: bytes) -> list[Segment]:
    """The metadata as detectors see it; none where the picture cannot be opened."""
    import PIL.Image

    try:
        with PIL.Image.open(io.BytesIO(data)) as picture:
            return [_segment(key, text) for key, text in _texts(picture)]
    except (OSError, SyntaxError, ValueError, PIL.Image.DecompressionBombError):
        return []


def _segment(key: str, text: str) -> Segment:
    header = "GPS" if key == "GPS" else "姓名" if _PEOPLE.search(key) else None
    return Segment(text, PartLocator(Anchor("property", key=key)), header)


def _texts(picture: ImageFile) -> Iterator[tuple[str, str]]:
    """Name and text; the position as `latitude,longitude` under GPS."""
    from PIL import ExifTags

    exif = picture.getexif()
    position = _position(exif.get_ifd(_GPS_DIRECTORY))
    if position:
        yield "GPS", position
    for tag, value in [*exif.items(), *exif.get_ifd(_EXIF_DIRECTORY).items()]:
        text = _text(bytes(value).decode("utf-16-le", "ignore") if tag in _WINDOWS else value)
        if text:
            yield ExifTags.TAGS.get(tag, str(tag)), text
    yield from _press(picture)
    for key, value in picture.info.items():
        text = "" if key in _NO_TEXT else _text(value)
        if text:
            yield str(key), _MARKS.sub(" ", text) if "<" in text else text


def _press(picture: ImageFile) -> Iterator[tuple[str, str]]:
    """IPTC captions, by-lines and places, as newsrooms and scanners write them."""
    from PIL import IptcImagePlugin

    found = IptcImagePlugin.getiptcinfo(picture) or {}
    for (record, number), values in found.items():
        for value in values if isinstance(values, list) else [values]:
            text = _text(value) if record == 2 else ""
            if text:
                yield "By-line" if number == 80 else f"IPTC {number}", text


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
    """A value as text; single characters, numbers and binary data are none."""
    if isinstance(value, str):  # Pillow reads EXIF bytes as Latin-1
        with suppress(UnicodeEncodeError):
            value = value.encode("latin-1")
    if isinstance(value, bytes):
        if value.startswith(b"UNICODE\0"):
            value = value[8:].decode("utf-16-le", "ignore")
        else:
            value = _decoded(value.removeprefix(b"ASCII\0\0\0"))
    text = value.strip("\0 \n") if isinstance(value, str) else ""
    return text if len(text) > 1 and (text.isprintable() or "\n" in text) else ""


def _decoded(value: bytes) -> str:
    for codec in ("utf-8", "gb18030"):
        try:
            return value.decode(codec)
        except UnicodeDecodeError:
            continue
    return ""


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
