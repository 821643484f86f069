"""Archives: members of every kind, names, nesting, GBK, limits, and what is refused."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable

import pytest

from pii_guard.errors import UnreadableError
from pii_guard.formats.binary import archive
from tests.documents.planting import Garden
from tests.documents.planting import document
from tests.documents.planting import found
from tests.documents.planting import left
from tests.documents.planting import redacted


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


def _tarred(members: dict[str, bytes], mode: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as packed:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_700_000_000
            packed.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _members(garden: Garden) -> dict[str, bytes]:
    inner = _zipped({"深/b.txt": garden.phone("nested zip").encode()})
    return {
        f"{garden.name('member name')}/a.txt": garden.phone("text").encode(),
        "t.csv": f"姓名,电话\n{garden.name('csv')},{garden.phone('csv phone')}\n".encode(),
        "inner.zip": inner,
        "c.txt.gz": gzip.compress(garden.phone("gz in archive").encode()),
        "clean.txt": "无".encode(),
    }


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.zip", _zipped),
        ("a.tar", lambda members: _tarred(members, "w")),
        ("a.tar.gz", lambda members: _tarred(members, "w:gz")),
        ("a.tar.xz", lambda members: _tarred(members, "w:xz")),
    ],
)
def test_every_member_and_name_is_found_and_cleaned(name: str, pack: object) -> None:
    garden = Garden()
    assert callable(pack)
    data = pack(_members(garden))
    assert set(garden.values.values()) - found(archive, data, name) == set()
    result, problems = redacted(archive, data, name)
    assert found(archive, result.data, name) == set()
    assert problems == []
    if name == "a.zip":
        assert left(garden, result.data) == {}
        names = zipfile.ZipFile(io.BytesIO(result.data)).namelist()
        assert names == ["测＊＊/a.txt", "t.csv", "inner.zip", "c.txt.gz", "clean.txt"]


def test_one_gzipped_file() -> None:
    garden = Garden()
    data = gzip.compress(garden.phone("text").encode())
    result, problems = redacted(archive, data, "a.txt.gz")
    assert gzip.decompress(result.data) == b"139****0000"
    assert problems == []


def test_seven_zip() -> None:
    py7zr = pytest.importorskip("py7zr", reason="extra `archive`")
    garden = Garden()
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as packed:
        packed.writestr(garden.phone("text").encode(), "a.txt")
        packed.writestr(garden.phone("other").encode(), "b/c.txt")
    assert found(archive, out.getvalue(), "a.7z") == set(garden.values.values())
    result, problems = redacted(archive, out.getvalue(), "a.7z")
    assert found(archive, result.data, "a.7z") == set()
    assert problems == []


def test_names_in_gbk() -> None:
    name = "客户名单.txt"
    data = _zipped({"x" * len(name.encode("gbk")): b"1"}).replace(
        b"x" * len(name.encode("gbk")), name.encode("gbk")
    )
    assert next(archive.read(document(data, "a.zip"))).text == name


def _bomb() -> bytes:
    return _zipped({"a.txt": b"0" * (40 << 20)})


def _deep() -> bytes:
    data = b"x"
    for _ in range(8):
        data = _zipped({"a.zip": data})
    return data


def _locked() -> bytes:
    data = bytearray(_zipped({"a.txt": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_bomb(), "over_limit"),
        (_deep(), "over_limit"),
        (_locked(), "encrypted"),
        (_zipped({"a.txt": b"x" * 99})[:40], "damaged"),
        (gzip.compress(b"x" * 999)[:20], "damaged"),
    ],
)
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as problem:
        list(archive.read(document(data, "a.zip")))
    assert problem.value.reason == reason


def test_an_unreadable_member_does_not_stop_the_others() -> None:
    garden = Garden()
    data = _zipped({"a.xlsx": b"PK\x03\x04broken", "b.txt": garden.phone("after it").encode()})
    segments = archive.read(document(data, "a.zip"))
    seen = []
    with pytest.raises(UnreadableError):
        seen.extend(segments)
    assert any(garden.values["after it"] in segment.text for segment in seen) or seen == []


def _commented(garden: Garden) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive_:
        info = zipfile.ZipInfo("a.txt")
        info.comment = garden.phone("member's comment").encode()
        archive_.writestr(info, b"x")
        archive_.comment = garden.phone("comment").encode()
    return out.getvalue()


def _owned(garden: Garden) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        info = tarfile.TarInfo("a.txt")
        info.uname = garden.phone("owner")
        packed.addfile(info, io.BytesIO(b""))
        link = tarfile.TarInfo("b.txt")
        link.type, link.linkname = tarfile.SYMTYPE, f"{garden.name('target')}.txt"
        packed.addfile(link)
    return out.getvalue()


def _named(garden: Garden) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(f"{garden.phone('name')}.txt", "wb", fileobj=out) as packed:
        packed.write(b"x")
    return out.getvalue()


@pytest.mark.parametrize(("build", "name"), [(_commented, "a.zip"), (_owned, "a.tar"), (_named, "a.gz")])
def test_what_an_archive_says_beside_its_members(build: Callable[[Garden], bytes], name: str) -> None:
    garden = Garden()
    data = build(garden)
    assert found(archive, data, name) == set(garden.values.values())
    result, problems = redacted(archive, data, name)
    assert problems == []
    assert left(garden, result.data) == {}
    assert found(archive, result.data, name) == set()
