"""What to do about a finding: the remedy of the gravest rule it is evidence of, or else that of its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pii_guard.summary.values import Broken
from pii_guard.summary.values import Seen
from pii_guard.summary.values import rank

_KINDS = {
    "secret": "PASSWORD OTP CVV TRACK_DATA CARD_EXPIRY",
    "account": "BANK_CARD BANK_ACCOUNT ALIPAY_ACCOUNT",
    "document": "RESIDENT_ID FOREIGN_RESIDENT_ID PASSPORT HK_MACAU_PERMIT TAIWAN_PERMIT HKID MACAU_ID TAIWAN_ID "
    "MILITARY_ID DRIVING_LICENCE",
    "contact": "MOBILE_PHONE FOREIGN_PHONE LANDLINE EMAIL_ADDRESS WECHAT QQ ADDRESS WAYBILL_NUMBER",
    "place": "GPS_LOCATION IP_ADDRESS MAC_ADDRESS IMEI LICENSE_PLATE VIN",
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}


def kind(entity_type: str) -> str:
    """The kind of a type that remedies go by: secret, account, document, contact, place or other."""
    return _KIND_OF.get(entity_type, "other")


class Remedies:
    """Finds the rules that findings are evidence of."""

    def __init__(self, violations: Sequence[Broken]) -> None:
        self._of: dict[str, list[Broken]] = defaultdict(list)
        for violation in sorted(violations, key=lambda v: (rank(v.severity), v.channel is None)):
            for fingerprint in violation.evidence:
                self._of[fingerprint].append(violation)

    def rule(self, finding: Seen) -> Broken | None:
        """The gravest rule of a finding in its file; of equals, one that belongs to a channel."""
        found = self._of.get(finding.fingerprint, ())
        return next((v for v in found if v.path == finding.path), found[0] if found else None)
