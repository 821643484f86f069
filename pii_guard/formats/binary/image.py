"""Pictures (png, jpeg, webp, tiff, bmp, gif): text by OCR, QR and barcodes, EXIF with its GPS position, XMP,
comments.

Redaction paints solid black over the characters found and over codes that hold something, over the portrait
of an identity card too; metadata is dropped as a whole, orientation applied first.  Nothing is blurred: a
blur can be undone.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pii_guard.containers.places import PartLocator
from pii_guard.digest import blake2b
from pii_guard.errors import UnreadableError
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

if TYPE_CHECKING:
    from PIL.Image import Image

    from pii_guard.containers.ocr import Box
    from pii_guard.containers.ocr import Line

NAME = "image"
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".jpe", ".webp", ".tif", ".tiff", ".bmp", ".gif"})
REPLACES = "boxes"  # whatever the operator: black boxes
EXTRA: str | None = "ocr"

_MAGIC = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_PAD = 0.15  # of a character's height
_FRAMES = 50
_PIXELS = 120_000_000
_LOSSY = {"JPEG": {"quality": 92}, "WEBP": {"quality": 92}}

Replace = Callable[[Segment], Sequence[Edit]]


def sniff(head: bytes) -> bool:
    """By magic."""
    return head.startswith(_MAGIC) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def read(document: Document) -> Iterator[Segment]:
    """Metadata, then what the picture shows."""
    data = _bytes(document)
    try:
        from pii_guard.containers import picture_metadata

        frames = _frames(data)
        yield from picture_metadata.about(data)
        for number, frame in enumerate(frames, 1):
            yield _segment(_lines(frame), number)
    except ImportError as problem:
        raise _not_read() from problem


def rewrite(document: Document, replace: Replace) -> bytes:
    """The picture with boxes and without metadata; the same bytes if there is nothing to hide."""
    data = _bytes(document)
    try:
        from pii_guard.containers import picture
        from pii_guard.containers import picture_metadata

        frames = _frames(data)
        touched = [bool(replace(segment)) for segment in picture_metadata.about(data)]
        for number, frame in enumerate(frames, 1):
            lines = _lines(frame)
            boxes = boxes_of(lines, replace(_segment(lines, number)))
            picture.black_out(frame, [*boxes, *picture.portraits(lines, frame.size)] if boxes else [])
            touched.append(bool(boxes))
    except ImportError as problem:
        raise _not_read() from problem
    return _saved(frames, data) if any(touched) else data


def _not_read() -> UnreadableError:
    """Without OCR a picture is skipped by its kind, as a film is; the status says what would read it."""
    return UnreadableError("image", "图片，识别文字需要 (pictures need): pip install 'pii-guard-cn[ocr]'")


def boxes_of(lines: Sequence[Line], edits: Sequence[Edit]) -> list[Box]:
    """For each line and edit one box around the characters replaced, wide enough for what OCR cuts short."""
    boxes: list[Box] = []
    at = 0
    for line in lines:
        for edit in edits:
            hit = line.boxes[max(0, edit.start - at) : max(0, edit.end - at)]
            if hit:
                boxes.append(_around(hit))
        at += len(line.text) + 1
    return boxes


def _around(hit: Sequence[Box]) -> Box:
    x0, y0 = min(box[0] for box in hit), min(box[1] for box in hit)
    x1, y1 = max(box[2] for box in hit), max(box[3] for box in hit)
    pad = _PAD * min(x1 - x0, y1 - y0)
    return x0 - pad, y0 - pad, x1 + pad, y1 + pad


def _lines(frame: Image) -> tuple[Line, ...]:
    """What OCR and the code reader see; reading and rewriting ask for the same picture."""
    return _recognised(blake2b(frame.tobytes(), digest_size=32).digest(), _Held(frame))


class _Held:
    """A picture that does not count as part of a cache key."""

    def __init__(self, frame: Image) -> None:
        self.frame = frame

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=8)
def _recognised(digest: bytes, held: _Held) -> tuple[Line, ...]:
    from pii_guard.containers import ocr

    return (*ocr.lines(held.frame), *ocr.codes(held.frame))


def _segment(lines: Sequence[Line], number: int) -> Segment:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    text = "\n".join(line.text for line in lines)
    return Segment(text, PartLocator(Anchor("image", page=number), starts or [0]))


def _bytes(document: Document) -> bytes:
    with document.open() as stream:
        return stream.read()


def _frames(data: bytes) -> list[Image]:
    """All pages of a picture, upright as its orientation says."""
    import PIL.Image
    from PIL import ImageOps
    from PIL import ImageSequence
    from PIL import UnidentifiedImageError

    try:
        with PIL.Image.open(io.BytesIO(data)) as source:
            if source.width * source.height > _PIXELS or getattr(source, "n_frames", 1) > _FRAMES:
                raise UnreadableError("over_limit", "图片过大或页数过多 (picture too large)")
            return [ImageOps.exif_transpose(frame.copy()) for frame in ImageSequence.Iterator(source)]
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        PIL.Image.DecompressionBombError,
    ) as problem:
        raise UnreadableError("damaged", "图片损坏 (damaged picture)") from problem


def _saved(frames: Sequence[Image], data: bytes) -> bytes:
    """The picture in its format, without metadata but the colour profile."""
    import PIL.Image

    with PIL.Image.open(io.BytesIO(data)) as source:
        format_, profile = source.format or "PNG", source.info.get("icc_profile")
    out = io.BytesIO()
    options: dict[str, object] = dict(_LOSSY.get(format_, {}))
    if profile and format_ in ("JPEG", "PNG", "WEBP", "TIFF"):
        options["icc_profile"] = profile
    if len(frames) > 1:
        options |= {"save_all": True, "append_images": list(frames[1:])}
    first = frames[0]
    first.info = {}
    first.save(out, format_, **options)
    return out.getvalue()
