"""What must always hold of redacting documents, for any table, tree or text, any operator, any process."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.formats import HEAD
from pii_guard.formats import find_format
from pii_guard.model import Document
from pii_guard.model import Hit
from pii_guard.model import Segment
from pii_guard.redact import Redactor
from pii_guard.redact import Settings
from pii_guard.redact import redact_bytes
from pii_guard.redact import redact_document
from pii_guard.redact import restore_document
from pii_guard.redact.keys import as_key
from pii_guard.redact.operators import operators
from tests.unit.redact import plain_detector

KEY = as_key("a test key of thirty-two letters")
PIECES = [
    "13800138000", "139-0013-9000", "11010119000101001X", "6222000000000000005", "王小明", "x1@b.cn", "，", "\"", "'", "\\",
    "\n", "<", "&amp;", ",", " ", "a", "[手机号_1]", "1e5", "😀", "é", "\t", "{}", "=1+1",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=4), max_size=6).map("".join)
ROWS = st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=5)
Make = Callable[[list[list[str]]], bytes]


def _csv(rows: list[list[str]], **options: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, **options).writerows(rows)
    return out.getvalue().encode()


def _gbk(text: str) -> bytes:
    """With enough text around to tell the encoding by, and without characters of four bytes, two of which are digits."""
    known = "工单记录：以下为通话内容，请客服核对后归档，不得外传。\n" + text
    return "".join(char for char in known if len(char.encode("gb18030")) < 4).encode("gb18030")


def _html(rows: list[list[str]]) -> bytes:
    cells = "".join("<tr>" + "".join(f"<td title='{len(c)}'>{_escaped(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f"<!DOCTYPE html><table>{cells}</table>".encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


MAKERS: dict[str, Make] = {
    "a.txt": lambda rows: "\r\n".join(" ".join(row) for row in rows).encode("utf-16"),
    "a.md": lambda rows: _gbk("\n".join("".join(row) for row in rows)),
    "a.csv": _csv,
    "a.tsv": lambda rows: _csv(rows, delimiter="\t"),
    "a.json": lambda rows: json.dumps([{f"k{n}": cell for n, cell in enumerate(row)} for row in rows]).encode(),
    "a.jsonl": lambda rows: "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode(),
    "a.html": _html,
    "a.eml": lambda rows: ("From: a@example.com\nContent-Type: text/plain; charset=utf-8\n\n" + "\n".join(map("".join, rows))).encode(),
}
EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _document(name: str, data: bytes) -> Document:
    return Document(name, lambda: io.BytesIO(data), len(data))


def _detect(segment: Segment) -> list[Hit]:
    return plain_detector.detect(segment.text)


def _found(name: str, data: bytes) -> list[str]:
    document = _document(name, data)
    return [s.text[h.start : h.end] for s in find_format(document, data[:HEAD]).read(document) for h in _detect(s)]


@pytest.mark.parametrize("operator", ["encrypt", "pseudonym"])
@pytest.mark.parametrize("name", MAKERS)
@EXAMPLES
@given(rows=ROWS)
def test_restore_brings_every_byte_back(name: str, operator: str, rows: list[list[str]]) -> None:
    data, redactor = MAKERS[name](rows), Redactor(Settings(operator, key=KEY))
    hidden = redact_document(_document(name, data), redactor, _detect).data
    assert restore_document(_document(name, hidden), redactor) == data


@pytest.mark.parametrize("operator", sorted(operators()))
@pytest.mark.parametrize("name", MAKERS)
@EXAMPLES
@given(rows=ROWS)
def test_twice_is_once_and_nothing_is_found(name: str, operator: str, rows: list[list[str]]) -> None:
    redactor = Redactor(Settings(operator, key=KEY))
    outcome, once = redact_bytes(_document(name, MAKERS[name](rows)), redactor, _detect)
    assert once is not None, outcome.problems
    assert redact_document(_document(name, once), redactor, _detect).data == once
    if operator != "pseudonym":
        assert _found(name, once) == []
