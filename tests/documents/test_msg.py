"""Outlook messages: properties in both widths, HTML and RTF bodies, attachments; sizes never change."""

from __future__ import annotations

import struct

import pytest

from pii_guard.containers import rtf
from pii_guard.errors import UnreadableError
from pii_guard.formats.binary import msg
from tests.documents.compound import compound
from tests.documents.planting import Garden
from tests.documents.planting import found
from tests.documents.planting import left
from tests.documents.planting import redacted


def _built(garden: Garden, attachment: bytes) -> bytes:
    body = f"您好，电话 {garden.phone('body')}，" + "其余文字。" * 900
    packed = b"{\\rtf1\\ansi " + garden.phone("rtf").encode() + b"}"
    return compound(
        {
            "__substg1.0_0037001F": f"工单 {garden.name('subject')}".encode("utf-16-le"),
            "__substg1.0_0C1A001F": garden.name("sender").encode("utf-16-le"),
            "__substg1.0_1000001F": body.encode("utf-16-le"),
            "__substg1.0_007D001E": f"X-Phone: {garden.phone('headers')}".encode(),
            "__substg1.0_10130102": f"<p>{garden.phone('html')}</p>".encode(),
            "__substg1.0_10090102": struct.pack("<IIII", len(packed) + 12, len(packed), 0x414C454D, 0)
            + packed,
            "__attach_version1.0_#00000000/__substg1.0_3707001F": f"{garden.name('file')}.txt".encode(
                "utf-16-le"
            ),
            "__attach_version1.0_#00000000/__substg1.0_37010102": attachment,
        }
    )


def test_every_place_is_found_and_cleaned() -> None:
    garden = Garden()
    data = _built(garden, garden.phone("attachment").encode())
    assert set(garden.values.values()) - found(msg, data, "a.msg") == set()
    result, problems = redacted(msg, data, "a.msg")
    assert problems == []
    assert left(garden, result.data) == {}
    assert len(result.data) == len(data)
    assert "其余文字".encode("utf-16-le") * 1 in result.data


def test_a_tag_becomes_stars_of_the_same_length() -> None:
    garden = Garden()
    result, problems = redacted(msg, _built(garden, b""), "a.msg", operator="tag")
    assert problems == []
    assert "*".encode("utf-16-le") * 11 in result.data


def test_an_attachment_that_would_change_its_size_is_refused() -> None:
    garden = Garden()
    data = _built(garden, f'{{"a": {garden.phone("json number")}}}'.encode())
    with pytest.raises(UnreadableError) as problem:
        redacted(msg, data, "a.msg", operator="tag")
    assert problem.value.reason == "cannot_redact"


def test_compressed_rtf() -> None:
    assert len(rtf._PRELOAD) == 207
    sample = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af8776f726c64206d65203e0d0a7d0fd0".ljust(
            98, "0"
        )
    )
    assert rtf.decompressed(b"") == b""
    assert rtf.decompressed(sample)[:6] == b"{\\rtf1"
    assert rtf.text(rb"{\rtf1\ansi\ansicpg936 139{\b 0013}\'b5\'e7\u35805?}").endswith("1390013电话")
