"""Unpacking and packing archives within limits: ZIP, TAR in its compressions, GZIP, 7z."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from collections.abc import Iterable
from typing import IO

from pii_guard.containers.limits import Budget
from pii_guard.errors import UnreadableError
from pii_guard.model import Edit
from pii_guard.named import NamedTuple

_WIDE = str.maketrans('*[]:/\\?"<>|', "＊【】：／＼？＂＜＞｜")
_DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    EOFError,
    OSError,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    ValueError,
)
_UTF8_NAME = 0x800


class Entry(NamedTuple):
    """A member: `origin` is what its archive knows of it besides (dates, rights), `remarks` the texts among that."""

    name: str
    data: bytes
    origin: zipfile.ZipInfo | tarfile.TarInfo | None = None
    remarks: tuple[str, ...] = ()  # zip: comment; tar: target of a link, owner, group


class Archive(NamedTuple):
    """An archive unpacked."""

    kind: str  # zip, tar, 7z, or gz of one file
    entries: list[Entry]
    outer: str | None = None  # compression around a tar: gz, bz2, xz
    remarks: tuple[str, ...] = ()  # zip: comment; gz: the name and comment of its header, not written back


def kind_of(head: bytes) -> str | None:
    """The archive's kind by its first bytes."""
    magic = {
        b"PK\x03\x04": "zip",
        b"PK\x05\x06": "zip",
        b"\x1f\x8b": "gz",
        b"BZh": "bz2",
        b"\xfd7zXZ\x00": "xz",
        b"7z\xbc\xaf\x27\x1c": "7z",
    }
    found = next((kind for start, kind in magic.items() if head.startswith(start)), None)
    return found or ("tar" if head[257:262] == b"ustar" else None)


def unpacked(data: bytes, path: str) -> Archive:
    """All members in memory; UnreadableError says why not."""
    kind = kind_of(data)
    if kind is None:
        raise UnreadableError("damaged", "不是完整的压缩包 (not an archive, or damaged)")
    try:
        return _UNPACK[kind](data, path)
    except _DAMAGED as problem:
        raise UnreadableError("damaged", "压缩包损坏 (damaged archive)") from problem
    except RuntimeError as problem:  # zipfile's word for a password
        raise UnreadableError("encrypted", "压缩包已加密 (encrypted archive)") from problem


def packed(archive: Archive) -> bytes:
    """The archive again."""
    if archive.kind == "zip":
        return _pack_zip(archive)
    if archive.kind == "7z":
        return _pack_seven(archive.entries)
    inner = _pack_tar(archive.entries) if archive.kind == "tar" else archive.entries[0].data
    return _COMPRESS[archive.outer](inner) if archive.outer else inner


def renamed(name: str, edits: Iterable[Edit]) -> str:
    """A member's name with edits, in characters every file system takes."""
    for edit in sorted(edits, key=lambda e: -e.start):
        name = name[: edit.start] + edit.replacement.translate(_WIDE) + name[edit.end :]
    return name


def distinct(entries: Iterable[Entry]) -> list[Entry]:
    """Entries with names that do not collide: two masked names may have become one."""
    taken: set[str] = set()
    result = []
    for entry in entries:
        name, number = entry.name, 2
        while name and not name.endswith("/") and name in taken:
            stem, dot, suffix = entry.name.rpartition(".")
            name, number = (f"{stem}_{number}.{suffix}" if dot else f"{entry.name}_{number}"), number + 1
        taken.add(name)
        result.append(entry._replace(name=name))
    return result


def _unpack_zip(data: bytes, path: str) -> Archive:
    entries = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        budget = Budget(len(infos), path)
        for info in infos:
            if info.flag_bits & 1:
                raise UnreadableError("encrypted", "压缩包已加密 (encrypted archive)")
            with archive.open(info) as stream:
                content = budget.read(stream, info.compress_size)
            entries.append(Entry(zip_name(info), content, info, (decoded(info.comment),)))
        return Archive("zip", entries, remarks=(decoded(archive.comment),))


def zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name: UTF-8 where the archive says so, else GBK as Chinese Windows writes it."""
    if info.flag_bits & _UTF8_NAME or info.filename.isascii():
        return info.filename
    return decoded(info.filename.encode("cp437", "replace")) or info.filename


def decoded(raw: bytes) -> str:
    """Bytes as UTF-8, else as GBK; empty where they are neither."""
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return ""


def _pack_zip(packed_: Archive) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = "".join(packed_.remarks).encode()
        for entry in packed_.entries:
            assert isinstance(entry.origin, zipfile.ZipInfo)
            info = zipfile.ZipInfo(entry.name, entry.origin.date_time)
            info.comment = "".join(entry.remarks).encode()
            info.external_attr, info.create_system = entry.origin.external_attr, entry.origin.create_system
            method = entry.origin.compress_type
            known = method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
            archive.writestr(info, entry.data, method if known else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _unpack_outer(kind: str) -> Callable[[bytes, str], Archive]:
    def unpack(data: bytes, path: str) -> Archive:
        stream = _OPEN[kind](io.BytesIO(data))
        inner = Budget(1, path).read(stream, len(data))
        if kind_of(inner) == "tar":
            return _unpack_tar(inner, path)._replace(outer=kind)
        return Archive("file", [Entry("", inner)], kind, _gzip_remarks(data) if kind == "gz" else ())

    return unpack


def _gzip_remarks(data: bytes) -> tuple[str, ...]:
    """The name and the comment in a header (RFC 1952); an extra field, which no common writer sets, hides them."""
    flags = data[3]
    if flags & 4:
        return ()
    texts = data[10 : 10 + 4096].split(b"\0")[: bool(flags & 8) + bool(flags & 16)]
    return tuple(decoded(text) for text in texts)


def _unpack_tar(data: bytes, path: str) -> Archive:
    entries = []
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        budget = Budget(0, path)
        for count, info in enumerate(archive, 1):
            budget.count(count)
            stream = archive.extractfile(info) if info.isreg() else None
            remarks = (info.linkname, info.uname, info.gname)
            entries.append(Entry(info.name, budget.read(stream) if stream else b"", info, remarks))
    return Archive("tar", entries)


def _pack_tar(entries: Iterable[Entry]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for entry in entries:
            assert isinstance(entry.origin, tarfile.TarInfo)
            info = entry.origin
            info.name, info.pax_headers = entry.name, {}
            info.linkname, info.uname, info.gname = entry.remarks
            info.size = len(entry.data) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(entry.data) if info.isreg() else None)
    return out.getvalue()


def _unpack_seven(data: bytes, path: str) -> Archive:
    import py7zr
    from py7zr.io import BytesIOFactory

    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise UnreadableError("encrypted", "压缩包已加密 (encrypted archive)")
            infos = archive.list()
            Budget(len(infos), path).allow(sum(info.uncompressed for info in infos), len(data))
            factory = BytesIOFactory(1 << 30)
            archive.extract(targets=[info.filename for info in infos], factory=factory)
    except py7zr.exceptions.ArchiveError as problem:
        raise UnreadableError("damaged", "压缩包损坏 (damaged archive)") from problem
    except py7zr.exceptions.PasswordRequired as problem:
        raise UnreadableError("encrypted", "压缩包已加密 (encrypted archive)") from problem
    entries = []
    for name, stream in factory.products.items():
        stream.seek(0)
        entries.append(Entry(name, stream.read()))
    return Archive("7z", entries)


def _pack_seven(entries: Iterable[Entry]) -> bytes:
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        for entry in entries:
            archive.writestr(entry.data, entry.name)
    return out.getvalue()


_OPEN: dict[str, Callable[[IO[bytes]], IO[bytes] | gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile]] = {
    "gz": lambda stream: gzip.GzipFile(fileobj=stream),
    "bz2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}
_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gz": lambda data: gzip.compress(data, mtime=0),
    "bz2": bz2.compress,
    "xz": lzma.compress,
}
_UNPACK: dict[str, Callable[[bytes, str], Archive]] = {
    "zip": _unpack_zip,
    "tar": _unpack_tar,
    "7z": _unpack_seven,
    **{kind: _unpack_outer(kind) for kind in _OPEN},
}
