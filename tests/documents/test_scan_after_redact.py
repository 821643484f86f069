"""A scan of a redacted document finds nothing: both read its cells as one text, where one tells of the next."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import pytest

from pii_guard import pipeline
from pii_guard.model import MEDIUM
from pii_guard.model import Document
from pii_guard.model import Finding
from pii_guard.redact import Redactor
from pii_guard.redact import Settings
from pii_guard.redact import redact_bytes
from pii_guard.scanner import Scanner

SCANNER = Scanner()
FORMS = [
    ["联系方式", "无", "日期", "小芳", "2024年3月1日", "经办", "复核", "批准"],
    ["本单据一式三联，请妥善保管。", "申请部门", "财务部", "采购内容", "办公用品", "经办", "白云", "复核", "批准"],
    ["路遥", "联系方式", "无", "本单据一式三联，请妥善保管。", "日期", "2024年3月1日"],
    ["姓名", "王建国", "手机", "13800138000", "住址", "北京市海淀区中关村大街27号院3号楼502室", "白云"],
]


def _page(cells: Sequence[str]) -> bytes:
    page = docx.Document()
    for cell in cells:
        page.add_table(1, 1).cell(0, 0).text = cell
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def _scanned(data: bytes) -> list[str]:
    document = Document("表.docx", lambda: io.BytesIO(data), len(data))
    events = pipeline.scan([document], SCANNER)
    return [e.value.reveal() for e in events if isinstance(e, Finding) and e.score >= MEDIUM and e.severity != "info"]


@pytest.mark.parametrize("operator", ["mask", "tag", "remove"])
@pytest.mark.parametrize("cells", FORMS, ids=[str(n) for n in range(len(FORMS))])
def test_a_form_is_clean_after_redaction(cells: Sequence[str], operator: str) -> None:
    data = _page(cells)
    assert _scanned(data), "the form holds a name that only its neighbours give away"
    outcome, clean = redact_bytes(
        Document("表.docx", lambda: io.BytesIO(data), len(data)), Redactor(Settings(operator)), SCANNER.hits
    )
    assert clean is not None, outcome.problems
    assert _scanned(clean) == []
