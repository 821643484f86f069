"""Small documents are detected together; what one says of a name must not reach into the next."""

from __future__ import annotations

import pytest

from pii_guard import pipeline
from pii_guard.detect.person.model import modelled
from pii_guard.detect.person.repeats import repeated
from pii_guard.model import DOCUMENT_BREAK
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Hit
from pii_guard.scanner import Scanner
from pii_guard.sources.paths import find


def test_a_name_is_repeated_within_its_document_only():
    text = f"\x1f{DOCUMENT_BREAK}\x1f".join(("姓名：方便。方便来了", "方便面", "姓名：高兴，高兴到了"))
    sure = [Hit(text.index("方便"), text.index("方便") + 2, "PERSON", 0.95, ("cue:姓名",))]
    sure += [Hit(text.index("高兴"), text.index("高兴") + 2, "PERSON", 0.95, ("cue:姓名",))]
    assert [text[h.start - 1 : h.end] for h in repeated(text, sure)] == ["。方便", "，高兴"]


def test_packed_files_keep_their_findings_apart(tmp_path):
    (tmp_path / "a.txt").write_text("手机号13800138000", encoding="utf-8")
    (tmp_path / "b.txt").write_text("13900139000是我的手机", encoding="utf-8")
    events = pipeline.scan(find([tmp_path]).documents, Scanner())
    found = [(f.path[-5:], f.start, f.masked) for f in events if isinstance(f, Finding)]
    assert found == [("a.txt", 3, "138****8000"), ("b.txt", 0, "139****9000")]


REPORT = "财务部本周例会纪要：林晓复核了三张单据，白云负责归档，路遥去税务局，其余事项照旧。"
CHAT = "您好，请问有什么可以帮您的吗？好的呢亲，稍等哦。" * 4


@pytest.mark.parametrize("beside", [CHAT, REPORT * 60, "张三丰、李四光、王五一"])
@pytest.mark.parametrize("first", [True, False])
def test_what_is_read_together_with_a_document_does_not_bear_on_it(beside, first):
    """Its length and its tone are its own."""
    seam = f"\x1f{DOCUMENT_BREAK}\x1f"
    text = f"{REPORT}{seam}{beside}" if first else f"{beside}{seam}{REPORT}"
    begin = 0 if first else len(beside) + len(seam)
    found = [h._replace(start=h.start - begin, end=h.end - begin) for h in modelled(text)]
    assert modelled(REPORT)
    assert [h for h in found if 0 <= h.start < len(REPORT)] == modelled(REPORT)


def test_a_detector_that_fails_on_one_file_loses_only_that_file(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("手机号13800138000", encoding="utf-8")
    (tmp_path / "b.txt").write_text("毒药", encoding="utf-8")
    scanner = Scanner()
    detect = scanner.detector.detect

    def failing(text, **given):
        if "毒药" in text:
            raise ValueError(text)
        return detect(text, **given)

    monkeypatch.setattr(scanner.detector, "detect", failing)
    events = list(pipeline.scan(find([tmp_path]).documents, scanner))
    statuses = {e.path[-5:]: (e.status, e.reason, e.detail) for e in events if isinstance(e, DocumentStatus)}
    assert statuses == {"a.txt": ("scanned", None, ""), "b.txt": ("unscanned", "internal", "ValueError")}
    assert [f.masked for f in events if isinstance(f, Finding)] == ["138****8000"]
