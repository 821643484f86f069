"""File formats: one module a format, found by walking this folder and `binary`.

A format is chosen by suffix, else by a look at the first bytes, else the file is plain text.  What no module
reads is listed with a reason: `unscanned` (it may hold text), or skipped (pictures, programs, fonts).
Binary formats are looked at, and imported, only for files whose name or first bytes are not those of text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from pathlib import PurePath
from typing import Protocol
from typing import cast

from pii_guard import reach
from pii_guard.errors import UnreadableError
from pii_guard.formats import app_manifest
from pii_guard.formats import plain
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment
from pii_guard.text.encoding import head_text

_TEXT, _BINARY = Path(__file__).parent, Path(__file__).parent / "binary"
_SAYS_TEXT = frozenset(["", ".txt", ".text", ".log", ".out"])  # of any format
_LIKE_TEXT = b"%PDF-", b"{\\rtf"  # binary formats that may begin with nothing but text
HEAD = 1 << 16  # bytes a caller should hand to find_format; fewer do, too
SKIPPED = frozenset({"image", "media", "program", "font"})  # reasons that mean: no text in it, by its kind


class Format(Protocol):
    """What a format's module offers."""

    NAME: str
    SUFFIXES: frozenset[str]
    EXTRA: str | None

    def sniff(self, head: bytes) -> bool:
        """Whether a file that starts like this (in UTF-8 where it is text) is of this format."""
        ...

    def read(self, document: Document) -> Iterator[Segment]:
        """The segments of a document."""
        ...

    def rewrite(self, document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
        """The document with edits made, everything else byte for byte."""
        ...


_EXTRA_OF = {
    "docs": ".pdf .docx .docm .dotx .xlsx .xlsm .xltx .pptx .pptm .ppsx .doc .xls .ppt .wps .et .dps .odt "
    ".ods .odp .rtf .msg .ofd .epub",
    "ocr": ".png .jpg .jpeg .gif .bmp .tif .tiff .webp .heic .ico",
}
_KIND_OF = {
    "archive": ".zip .7z .rar .tar .gz .tgz .bz2 .xz .zst .jar .war .apk .iso .cab",
    "database": ".db .sqlite .sqlite3 .mdb .parquet .orc .avro .pickle .pkl .npy .npz",
    "media": ".mp3 .mp4 .m4a .wav .flac .ogg .avi .mov .mkv .webm .amr .psd .ai",
    "program": ".exe .dll .so .dylib .pyc .pyd .class .wasm .elf",
    "font": ".ttf .otf .woff .woff2 .eot",
}
_MAGIC = (
    (rb"%PDF-", "docs"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docs"),
    (
        rb"PK(?:\x03\x04|\x05\x06)|7z\xbc\xaf\x27\x1c|Rar!|\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ|\x28\xb5\x2f\xfd",
        "archive",
    ),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM....\0\0\0\0|II\*\0|MM\0\*|RIFF....WEBP|\x00\x00\x01\x00", "ocr"),
    (rb"SQLite format 3\0|PAR1", "database"),
    (rb"ID3|OggS|fLaC|RIFF....(?:WAVE|AVI )|....ftyp|\x1a\x45\xdf\xa3", "media"),
    (rb"\x7fELF|MZ|\xca\xfe\xba\xbe|[\xcf\xce]\xfa\xed\xfe|\0asm", "program"),
    (rb"wOFF|wOF2|OTTO|\x00\x01\x00\x00\x00", "font"),
)


def find_format(document: Document, head: bytes) -> Format:
    """The format of a document that starts with `head`; raises UnreadableError when none can read it."""
    if app_manifest.sniff(head):  # whatever their suffix says
        return _as_format(app_manifest)
    suffix = PurePath(document.path).suffix.lower()
    if suffix in plain.SUFFIXES and b"\0" not in head:
        return _as_format(plain)
    folders = (_TEXT,) if suffix in _SAYS_TEXT else (_TEXT, _BINARY)
    for module in chain.from_iterable(map(_formats, folders)):
        if suffix in module.SUFFIXES:
            return module
    return _by_content(suffix, head)


def every() -> list[Format]:
    """All formats, in the order of their modules' names."""
    found = [_as_format(plain), *_formats(_TEXT), *_formats(_BINARY)]
    return sorted(found, key=lambda module: str(getattr(module, "__name__", "")).rpartition(".")[2])


def missing_extra(extra: str) -> UnreadableError:
    """The error for a file whose format needs an extra that is not installed."""
    return UnreadableError(
        "missing_extra", f"需要安装附加组件 (needs an extra): pip install 'pii-guard-cn[{extra}]'"
    )


@contextmanager
def needing(extra: str) -> Iterator[None]:
    """What is imported here comes with an extra; its absence is said by that name."""
    try:
        yield
    except ImportError as problem:
        raise missing_extra(extra) from problem


def _by_content(suffix: str, head: bytes) -> Format:
    text = head_text(head)
    shown = head if text is None else text.encode("utf-8", "replace")
    binary = text is None or b"\0" in head or shown.startswith(_LIKE_TEXT)
    for module in chain.from_iterable(map(_formats, (_BINARY, _TEXT) if binary else (_TEXT,))):
        if module.sniff(shown):
            return module
    kind = _kind_by_magic(head) or _kind_by_suffix(suffix) if text is None else None
    if text is None and (kind or b"\0" in head):
        raise _unreadable(kind)
    if shown.startswith(b"%PDF-"):
        raise _unreadable("docs")
    return _as_format(plain)


def _unreadable(kind: str | None) -> UnreadableError:
    if kind == "docs":
        return missing_extra(kind)
    if kind == "ocr":
        return UnreadableError("image", "图片，识别文字需要 (pictures need): pip install 'pii-guard-cn[ocr]'")
    if kind is None:
        return UnreadableError("binary", "二进制文件，格式未知 (binary of an unknown kind)")
    return UnreadableError(kind, f"不支持的格式 (not supported): {kind}")


def _kind_by_magic(head: bytes) -> str | None:
    return next((kind for magic, kind in _MAGIC if re.match(magic, head, re.DOTALL)), None)


def _kind_by_suffix(suffix: str) -> str | None:
    return next(
        (kind for kind, known in (_EXTRA_OF | _KIND_OF).items() if suffix and suffix in known.split()), None
    )


@cache
def _formats(folder: Path) -> tuple[Format, ...]:
    """The formats of a folder but plain text, in the order of their names."""
    package = __name__ if folder == _TEXT else f"{__name__}.{folder.name}"
    names = (name for name in reach.modules(folder) if name != "plain")
    return tuple(_as_format(import_module(f"{package}.{name}")) for name in names)


def _as_format(module: object) -> Format:
    return cast("Format", module)
