"""pii_guard: find, judge and redact Chinese personal data.

>>> [(f.entity_type, f.masked) for f in scan_text("客服您好，我手机号是13800138000")]
[('MOBILE_PHONE', '138****8000')]
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping

from pii_guard.config import Settings
from pii_guard.model import Annotation
from pii_guard.model import Assessment
from pii_guard.model import Finding
from pii_guard.model import Report
from pii_guard.scanner import Paths
from pii_guard.scanner import Scanner
from pii_guard.scanner import default_scanner
from pii_guard.version import VERSION

__version__ = VERSION
__all__ = [
    "Annotation",
    "Assessment",
    "Finding",
    "Report",
    "Scanner",
    "assess_dialog",
    "assess_text",
    "redact_text",
    "scan_paths",
    "scan_text",
]


def scan_text(text: str, *, role: str | None = None, header: str | None = None) -> list[Finding]:
    """Findings of a text, of every confidence.  `header` is a column's header or a key, `role` who speaks."""
    return default_scanner().scan_text(text, role=role, header=header)


def scan_paths(paths: Paths, *, settings: Settings | None = None, exclude: Iterable[str] = ()) -> Report:
    """What files and folders hold: the same as `pii-guard scan PATH... -f json`, as values.

    `paths` is one path or several; folders are walked, what git ignores is left out (`Settings(gitignore=False)`
    takes it), and so is what fits a glob of `exclude`.  Config files are not looked for: `settings` say it all,
    `pii_guard.config.load()` reads those of a project.  Without them findings have medium confidence or more.

    The report has `documents` (one status a file: scanned, skipped or unscanned, with the reason), `findings`,
    `violations` of rules, and `summary` with the numbers and the verdict of the gate.  What could not be read is
    listed and makes it `incomplete`, never clean.  Raises UsageError for a path that does not exist.

    All findings are in memory at once; of very large files `pii-guard scan -f jsonl` writes them as they come.
    """
    return Scanner(settings).scan_paths(paths, exclude=exclude)


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
    from pii_guard.scanner import check_text

    check_text(text)
    return redact.redact_text(text, operator, detect=default_scanner().confident, key=key).text
