"""A run made by hand that holds all that an output must cope with."""

from __future__ import annotations

from pii_guard.messages import Messages
from pii_guard.model import Anchor
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import LawReference
from pii_guard.model import Suppression
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.secret import Secret

VALUES = ("13800138000", "11010119000307803X", "张三丰")
HOSTILE = "::error::a\x1b[31m\u202e##vso[task.complete]|'<&>,:%.txt"
NAMES = {"MOBILE_PHONE": "手机号", "RESIDENT_ID": "居民身份证号", "PERSON": "姓名"}


def finding(entity_type: str, value: str, masked: str, path: str, line: int, **values: object) -> Finding:
    """A finding in the fourth column of a line."""
    fields: dict[str, object] = {
        "severity": "high",
        "reasons": ("keyword:手机",),
        "fingerprint": f"{line:024x}",
    }
    fields |= {
        "path": path,
        "line": line,
        "column": 4,
        "end_line": line,
        "end_column": 4 + len(value),
        **values,
    }
    fields |= {"start": 3, "end": 3 + len(value), "score": 0.99, "value": Secret(value), "masked": masked}
    return Finding(entity_type=entity_type, **fields)  # type: ignore[arg-type]


EVENTS: tuple[Finding | Violation | DocumentStatus, ...] = (
    finding("MOBILE_PHONE", VALUES[0], "138****8000", "客服 记录/a:b.txt", 1),
    finding("MOBILE_PHONE", VALUES[0], "138****8000", "客服 记录/a:b.txt", 1),
    finding("RESIDENT_ID", VALUES[1], "1****************X", "客服 记录/a:b.txt", 7, severity="critical"),
    DocumentStatus("客服 记录/a:b.txt", "scanned", findings=3),
    finding(
        "PERSON",
        VALUES[2],
        "张*",
        "b.xlsx",
        1,
        severity="medium",
        anchor=Anchor("cell", part="Sheet1", row=2, column="姓名"),
    ),
    finding(
        "PERSON",
        VALUES[2],
        "张*",
        "b.xlsx",
        2,
        severity="medium",
        suppression=Suppression("baseline", "示例", "li", "2027-01-01"),
    ),
    DocumentStatus("b.xlsx", "scanned", findings=1),
    finding(
        "MOBILE_PHONE", VALUES[0], "138****8000", HOSTILE, 3, reasons=("keyword:\x1b[2J\n::stop-commands::x",)
    ),
    DocumentStatus(HOSTILE, "scanned", findings=1),
    DocumentStatus("clean.txt", "scanned"),
    DocumentStatus("bad.zip", "unscanned", "encrypted", "压缩包已加密"),
    DocumentStatus("a.png", "skipped", "image"),
    Violation(
        "CH3-01",
        "high",
        "工单里有完整证件号",
        "脱敏后再导出",
        "客服 记录/a:b.txt",
        7,
        3,
        (LawReference("PIPL", "51", "V"),),
        ("0" * 24,),
    ),
)


def tally() -> Tally:
    """What the events add up to."""
    clause = {"kind": "severity", "subject": "high", "limit": 0, "found": 3, "failed": True}
    added = Tally(
        key="configured", verdict={"policy": "default", "passed": False, "exit_code": 1, "clauses": [clause]}
    )
    for event in EVENTS:
        added.add(event)
    return added


def view(language: str = "zh-CN") -> View:
    """Plain, as for a file."""
    return View(Messages(language), NAMES)
