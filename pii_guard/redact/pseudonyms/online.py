"""Pseudonyms of accounts, machines and vehicles.

Mail addresses stand under example.com (RFC 2606), IPv4 in 240.0.0.0/4 (RFC 1112, reserved), IPv6 in
2001:db8::/32 (RFC 3849), MAC addresses are locally administered, plates have the letter I, a VIN too.
"""

from __future__ import annotations

import re

from pii_guard.redact.pseudonyms.draw import Draw
from pii_guard.redact.pseudonyms.layout import relay
from pii_guard.redact.pseudonyms.layout import slots


def mail(value: str, draw: Draw) -> str:
    """A box at example.com."""
    return f"{draw.letters(12)}@example.com"


def account(value: str, draw: Draw) -> str:
    """A name no one has taken: the reserved word pseudo and letters."""
    return f"pseudo_{draw.letters(11)}"


def address_v4_or_v6(value: str, draw: Draw) -> str:
    """A reserved address."""
    if ":" in value:
        return "2001:db8:" + ":".join(f"{draw.below(0x10000):x}" for _ in range(6))
    return ".".join(str(part) for part in (240 + draw.below(15), *(draw.below(256) for _ in range(3))))


def mac(value: str, draw: Draw) -> str:
    """A locally administered address in the same writing."""
    return relay(value, "02" + "".join(draw.pick("0123456789ABCDEF") for _ in range(10)))


def plate(value: str, draw: Draw) -> str:
    """The province and the letter I, which is never issued."""
    size = slots(value)
    return relay(value, value[0] + "I" + draw.digits(size - 2)) if re.match(r"[\u4e00-\u9fff]", value) else ""


def vin(value: str, draw: Draw) -> str:
    """Seventeen characters with an I, which no VIN has."""
    return "I" + "".join(draw.pick("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(16))


SHAPES = {
    "EMAIL_ADDRESS": mail,
    "WECHAT": account,
    "ALIPAY_ACCOUNT": account,
    "IP_ADDRESS": address_v4_or_v6,
    "MAC_ADDRESS": mac,
    "LICENSE_PLATE": plate,
    "VIN": vin,
}
