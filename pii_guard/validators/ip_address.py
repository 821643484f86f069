"""IPv4 (dotted, no leading zeros) and IPv6 (RFC 4291) addresses, by the rules of the standard library.

>>> validate("192.0.2.1"), validate("2001:DB8:0::1")
('192.0.2.1', '2001:db8::1')
>>> is_valid("1.2.3"), is_valid("256.0.0.1"), is_valid("::"), is_global("10.0.0.1")
(False, False, True, False)
>>> validate("192。0。2。1")
'192.0.2.1'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import fold

if TYPE_CHECKING:
    from ipaddress import IPv4Address
    from ipaddress import IPv6Address


def _parse(number: str) -> IPv4Address | IPv6Address:
    # imported here: the standard library's module costs more than all of this package's validators
    from ipaddress import ip_address

    try:
        return ip_address(number)
    except ValueError:
        raise InvalidFormat from None


def _dotted(number: str) -> str:
    """Half-width; a Chinese input method writes the dots as 。."""
    return fold(number).replace("。", ".")


def compact(number: str) -> str:
    """Half-width, in the shortest form when it is an address."""
    number = _dotted(number)
    try:
        return str(_parse(number))
    except InvalidFormat:
        return number


def is_global(number: str) -> bool:
    """Whether the address can be met on the public internet: no private, loopback or documentation range."""
    return _parse(_dotted(number)).is_global


def validate(number: str) -> str:
    """The address in its shortest form."""
    number = _dotted(number)
    if not 2 <= len(number) <= 60:
        raise InvalidLength
    return str(_parse(number))


is_valid = passes(validate)


def format(number: str) -> str:
    """In the shortest form."""
    return compact(number)
