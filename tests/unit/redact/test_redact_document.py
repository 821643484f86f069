"""Documents and files: one detection, repeats replaced, nothing written unproven, and proof that can fail."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest

from pii_guard.errors import UnreadableError
from pii_guard.formats import plain
from pii_guard.model import Document
from pii_guard.model import Hit
from pii_guard.model import Segment
from pii_guard.redact import Redactor
from pii_guard.redact import Settings
from pii_guard.redact import redact_document
from pii_guard.redact import redact_file
from pii_guard.redact import restore_file
from pii_guard.redact import verify
from pii_guard.redact.diff import changes
from pii_guard.redact.keys import as_key
from pii_guard.redact.manifest import manifest
from pii_guard.redact.occurrences import Occurrences
from pii_guard.redact.occurrences import Value
from pii_guard.redact.views import views
from tests.unit.redact.plain_detector import detect

KEY = as_key("a test key of thirty-two letters")
TEXT = "客户王小明，电话13800138000\n备注：无\n"


def _document(data: bytes | str, path: str = "a.txt") -> Document:
    raw = data.encode() if isinstance(data, str) else data
    return Document(path, lambda: io.BytesIO(raw), len(raw))


def _detect(segment: Segment) -> list[Hit]:
    return detect(segment.text)


def _labelled(segment: Segment) -> list[Hit]:
    """A detector that knows a name only behind its label."""
    at = segment.text.find("姓名：")
    return [Hit(at + 3, at + 6, "PERSON", 1.0)] if at >= 0 else []


def test_what_is_found_once_is_replaced_wherever_it_stands() -> None:
    result = redact_document(
        _document("姓名：赵钱孙\n" + "x" * 10 + "\n致赵钱孙\n"), Redactor(Settings("tag")), _labelled
    )
    assert result.data.decode() == "姓名：[姓名_1]\n" + "x" * 10 + "\n致[姓名_1]\n"


def test_a_clean_document_is_returned_as_it_is() -> None:
    result = redact_document(_document("无\r\n"), Redactor(Settings()), _detect)
    assert (result.data, result.changed) == ("无\r\n".encode(), False)


def test_a_result_shows_no_value() -> None:
    result = redact_document(_document(TEXT), Redactor(Settings()), _detect)
    assert "王小明" not in repr(result)
    assert "王小明" not in repr(result.values)


@pytest.mark.parametrize("operator", ["encrypt", "pseudonym"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_restore_brings_files_back_byte_for_byte(operator: str, codec: str, tmp_path: Path) -> None:
    redactor = Redactor(Settings(operator, key=KEY))
    source = TEXT.replace("\n", "\r\n").encode(codec)
    middle, back = tmp_path / "middle.txt", tmp_path / "back.txt"
    assert redact_file(_document(source), middle, redactor, _detect).status == "redacted"
    assert restore_file(_document(middle.read_bytes()), back, redactor).status == "restored"
    assert back.read_bytes() == source


def test_a_file_in_place_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0o640)
    outcome = redact_file(Document(str(path), lambda: path.open("rb")), path, Redactor(Settings()), _detect)
    assert outcome.status == "redacted"
    assert path.read_text() == "客户王**，电话138****8000\n备注：无\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    outcome = redact_file(_document(TEXT), None, Redactor(Settings()), _detect)
    assert (outcome.status, dict(outcome.counts)) == ("redacted", {"PERSON": 1, "MOBILE_PHONE": 1})
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_a_failed_outcome(tmp_path: Path) -> None:
    outcome = redact_file(
        _document(b"PK\x03\x04", "a.zip"), tmp_path / "a.zip", Redactor(Settings()), _detect
    )
    assert (outcome.status, outcome.reason) == ("failed", "damaged")
    assert not (tmp_path / "a.zip").exists()


def test_what_is_left_fails_and_is_not_written(tmp_path: Path) -> None:
    class Forgetful:
        NAME, SUFFIXES, EXTRA = "forgetful", frozenset[str](), None
        sniff, read = staticmethod(plain.sniff), staticmethod(plain.read)

        @staticmethod
        def rewrite(document: Document, replace: object) -> bytes:
            return TEXT.replace("王小明", "王**").encode()

    redactor = Redactor(Settings())
    result = redact_document(_document(TEXT), redactor, _detect, format_=Forgetful())
    problems = verify(result.values, _document(result.data), redactor, None)
    assert {problem.code for problem in problems} == {"left_in_text", "left_in_bytes"}
    values = [Value("MOBILE_PHONE", "13800138000")]
    problems = verify(values, _document(result.data), redactor, _detect)
    assert {problem.code for problem in problems} == {"left_in_text", "left_in_bytes", "found_again"}
    assert "13800138000" not in repr(problems)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5"])
def test_bytes_are_searched_in_every_encoding(codec: str) -> None:
    data = b"\0\1\2" + "13800138000".encode(codec) + b"\0\3" + "王小明".encode(codec)
    values = [Value("MOBILE_PHONE", "13800138000"), Value("PERSON", "王小明")]
    problems = verify(values, _document(data, "a.bin"), Redactor(Settings()))
    assert {problem.entity_type for problem in problems} == {"MOBILE_PHONE", "PERSON"}


def test_many_values_are_searched_at_once() -> None:
    values = [Value("MOBILE_PHONE", f"138{n:08}") for n in range(500)]
    data = b"x" * 10_000 + b" 13800000123 " + b"y" * 10_000 + b"913800000124"
    assert len(verify(values, _document(data), Redactor(Settings()))) == 2


@pytest.mark.parametrize("at", [0, (1 << 20) - 13, (1 << 20) - 6, (1 << 20) - 2, 1 << 20, (2 << 20) - 3])
def test_bytes_are_searched_over_the_ends_of_stretches(at: int) -> None:
    data = bytearray(b"\0" * (2 << 20) + b"\0" * 20)
    data[at : at + 11] = b"13800138000"
    problems = verify([Value("MOBILE_PHONE", "13800138000")], _document(bytes(data), "a.bin"), Redactor(Settings()))
    assert [problem.code for problem in problems] == ["left_in_bytes"]


def test_an_output_nobody_can_open_is_not_proven() -> None:
    problems = verify([], _document(b"\x1f\x8b broken", "a.gz"), Redactor(Settings()))
    assert [problem.code for problem in problems] == ["unreadable"]


def test_the_second_extractor_joins_split_runs() -> None:
    data = b'<?xml version="1.0"?><w:p><w:r><w:t>138</w:t></w:r><w:r><w:t>00138000</w:t></w:r></w:p>'
    assert any("13800138000" in (view.text or "") for view in views(data))
    assert any("13800138000" in (view.text or "") for view in views(b'"\\u0031\\u0033800138000"'))


def test_the_second_extractor_parts_neighbours() -> None:
    data = b"<x:a><x:title>1380</x:title><x:subject>13800138000</x:subject><x:date>2026</x:date></x:a>"
    problems = verify([], _document(data, "core.xml"), Redactor(Settings()), _detect)
    assert {problem.code for problem in problems} >= {"found_again"}
    assert [line for view in views(data) for line in (view.text or "").split()] == ["1380", "13800138000", "2026"]
    styled = b"<a:r><a:t>138</a:t></a:r><a:r><a:rPr><a:fill><a:c/></a:fill></a:rPr><a:t>00138000</a:t></a:r>"
    assert any("13800138000" in (view.text or "") for view in views(styled))


def test_pseudonyms_of_a_run_are_not_found_again() -> None:
    redactor = Redactor(Settings("pseudonym", key=KEY))
    result = redact_document(_document(TEXT), redactor, _detect)
    assert verify(result.values, _document(result.data), redactor, _detect) == []
    assert redact_document(_document(result.data), redactor, _detect).data == result.data


def test_the_manifest_says_what_was_done_and_no_value(tmp_path: Path) -> None:
    redactor = Redactor(Settings("encrypt", key=KEY))
    outcome = redact_file(_document(TEXT), tmp_path / "a.txt", redactor, _detect)
    record = manifest([outcome], redactor, who="合规员", when="2026-11-21T12:00:00+00:00")
    shown = json.dumps(record, ensure_ascii=False)
    assert record["counts"] == {"MOBILE_PHONE": 1, "PERSON": 1}
    assert record["key_id"] == KEY.id
    assert "王小明" not in shown
    assert "13800138000" not in shown


def test_a_diff_is_masked_on_both_sides() -> None:
    lines = [
        (c.place.line, c.before, c.after)
        for c in changes(_document(TEXT), Redactor(Settings("tag")), _detect)
    ]
    assert lines == [(1, "王**", "[姓名_1]"), (1, "138****8000", "[手机号_1]")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13800138000", 1),
        ("a13800138000b", 1),
        ("913800138000", 0),
        ("138001380001", 0),
        ("见王小明的信", 1),
        ("wang@b.comx", 0),
        ("给wang@b.com寄", 1),
        ("12345", 0),
    ],
)
def test_occurrences(text: str, expected: int) -> None:
    values = [
        ("MOBILE_PHONE", "13800138000"),
        ("PERSON", "王小明"),
        ("EMAIL_ADDRESS", "wang@b.com"),
        ("OTP", "12345"),
    ]
    assert len(Occurrences(Value(*value) for value in values).find(text)) == expected


def test_an_unreadable_document_raises() -> None:
    with pytest.raises(UnreadableError):
        redact_document(_document(b"\0\1\2", "a.bin"), Redactor(Settings()), _detect)
