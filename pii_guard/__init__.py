"""pii_guard: find, judge and redact Chinese personal data.

>>> [(f.entity_type, f.masked) for f in scan_text("客服您好，我手机号是13800138000")]
[('MOBILE_PHONE', '138****8000')]
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping

from pii_guard.model import Annotation
from pii_guard.model import Assessment
from pii_guard.model import Finding
from pii_guard.model import Report
from pii_guard.scanner import Scanner
from pii_guard.scanner import default_scanner
from pii_guard.version import VERSION

__version__ = VERSION
__all__ = ["Annotation", "Assessment", "Finding", "Report", "Scanner", "assess_dialog", "assess_text", "redact_text", "scan_text"]


def scan_text(text: str, *, role: str | None = None, header: str | None = None) -> list[Finding]:
    """Findings of a text, of every confidence.  `header` is a column's header or a key, `role` who speaks."""
    return default_scanner().scan_text(text, role=role, header=header)


def assess_text(text: str, *, role: str | None = None) -> Assessment:
    """Findings of a text and the rules they break."""
    return default_scanner().assess_text(text, role=role)


def assess_dialog(turns: Iterable[Mapping[str, str]]) -> Assessment:
    """Findings of a dialogue (`{"role", "content"}` a turn), the rules it breaks, conduct included, and good practice.

    The last stands in `annotations`, which are never violations.
    """
    return default_scanner().assess_dialog(turns)


def redact_text(text: str, operator: str = "mask", *, key: bytes | str | None = None) -> str:
    """A text without its personal data.

    `operator` is mask, tag, remove, generalise, or with a `key` pseudonym, encrypt, hash.

    >>> redact_text("我叫王建国，手机13800138000")
    '我叫王**，手机138****8000'
    """
    from pii_guard import redact

    return redact.redact_text(text, operator, detect=default_scanner().confident, key=key).text
