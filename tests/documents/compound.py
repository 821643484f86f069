"""A writer of OLE compound files (MS-CFB), for Outlook messages in tests: no library writes them."""

from __future__ import annotations

import struct

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def compound(streams: dict[str, bytes]) -> bytes:
    """A file with these streams; paths are parted by `/`."""
    names, children = _tree(streams)
    mini, minifat, sectors, fat = bytearray(), [], [], []  # type: ignore[var-annotated]
    places = {}
    for path, data in streams.items():
        if len(data) < _CUTOFF:
            places[path] = len(mini) // _MINI if data else _END
            count = -(-len(data) // _MINI)
            minifat += [len(minifat) + step + 1 for step in range(count - 1)] + [_END] * bool(count)
            mini += data.ljust(count * _MINI, b"\0")
        else:
            places[path] = _chain(data, sectors, fat)
    root = _chain(bytes(mini), sectors, fat) if mini else _END
    table = _chain(struct.pack(f"<{len(minifat)}I", *minifat).ljust(_SECTOR, b"\xff"), sectors, fat)
    entries = b"".join(_entry(name, names, children, streams, places, root, len(mini)) for name in names)
    directory = _chain(entries, sectors, fat)
    first = len(sectors)
    count = -(-(first + 1) // 128)
    fat += [_FAT] * count
    fat_bytes = struct.pack(f"<{len(fat)}I", *fat).ljust(count * _SECTOR, b"\xff")
    sectors += [fat_bytes[i : i + _SECTOR] for i in range(0, len(fat_bytes), _SECTOR)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, count, directory, 0, _CUTOFF, table,
                          -(-len(minifat) * 4 // _SECTOR) or 1, _END, 0, first)  # fmt: skip
    header += struct.pack(f"<{count - 1}I", *range(first + 1, first + count)) if count > 1 else b""
    return header.ljust(_SECTOR, b"\xff") + b"".join(sectors)


def _tree(streams: dict[str, bytes]) -> tuple[list[str], dict[str, list[str]]]:
    names, children = [""], {"": []}  # type: ignore[var-annotated]
    for path in streams:
        at = ""
        for part in path.split("/"):
            parent, at = at, f"{at}/{part}" if at else part
            if at not in names:
                names.append(at)
                children.setdefault(parent, []).append(at)
                children.setdefault(at, [])
    return names, children


def _chain(data: bytes, sectors: list[bytes], fat: list[int]) -> int:
    first = len(sectors)
    parts = [data[i : i + _SECTOR].ljust(_SECTOR, b"\0") for i in range(0, len(data), _SECTOR)]
    sectors += parts
    fat += [first + step + 1 for step in range(len(parts) - 1)] + [_END]
    return first


def _entry(
    name: str,
    names: list[str],
    children: dict[str, list[str]],
    streams: dict[str, bytes],
    places: dict[str, int],
    root: int,
    mini: int,
) -> bytes:
    own = name.rpartition("/")[2] if name else "Root Entry"
    kind = _ROOT if not name else _STREAM if name in streams else _STORAGE
    siblings = next((group for group in children.values() if name in group), [name])
    after = siblings[siblings.index(name) + 1 :]
    right = names.index(after[0]) if name and after else _FREE
    child = names.index(children[name][0]) if children[name] else _FREE
    start = root if not name else places.get(name, 0)
    size = mini if not name else len(streams.get(name, b""))
    raw = own.encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, _FREE, right, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)
