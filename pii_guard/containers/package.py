"""Office packages (OPC, ISO/IEC 29500-2): a ZIP of XML parts, read within limits, written in order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pii_guard.containers.limits import Budget
from pii_guard.errors import UnreadableError
from pii_guard.model import Document

if TYPE_CHECKING:
    import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """The parts of a package by name, in their order; read once, in memory."""

    def __init__(self, document: Document) -> None:
        import zipfile

        with document.open() as stream:
            data = stream.read()
        if data.startswith(_OLE):
            raise UnreadableError(
                "encrypted", "文档已加密，请先去除密码 (encrypted: remove the password first)"
            )
        try:
            self._parts = dict(_members(zipfile.ZipFile(io.BytesIO(data)), document.path))
        except (
            zipfile.BadZipFile,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as problem:
            raise UnreadableError("damaged", "文件损坏，无法解压 (damaged)") from problem

    def names(self) -> list[str]:
        """Names of all parts."""
        return list(self._parts)

    def data(self, name: str) -> bytes:
        """One part."""
        return self._parts[name][1]

    def written(self, changed: Mapping[str, bytes | None]) -> bytes:
        """The package with parts replaced, or left out where None."""
        import zipfile

        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, (info, data) in self._parts.items():
                new = changed.get(name, data)
                if new is not None:
                    archive.writestr(_like(info), new, info.compress_type)
        return out.getvalue()


def _members(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, tuple[zipfile.ZipInfo, bytes]]]:
    infos = archive.infolist()
    budget = Budget(len(infos), path)
    for info in infos:
        if info.flag_bits & 1:
            raise UnreadableError("encrypted", "压缩包成员已加密 (encrypted member)")
        with archive.open(info) as stream:
            yield info.filename, (info, budget.read(stream, info.compress_size))


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The entry's name, date and attributes, without the sizes and extra fields of the old one."""
    import zipfile

    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.external_attr, entry.create_system = info.external_attr, info.create_system
    return entry
