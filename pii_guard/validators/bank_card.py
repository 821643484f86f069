"""银行卡号 (bank card number), ISO/IEC 7812: 13 to 19 digits, an issuer prefix (BIN), a Luhn digit.

>>> issuer("6225880000000001").bank, issuer("6225880000000001").kind
('招商银行', 'debit')
>>> validate("6225 8800 0000 0001")
'6225880000000001'
>>> format("6217000000000000004")
'6217 0000 0000 0000 004'
>>> validate("6225880000000002")
Traceback (most recent call last):
    ...
pii_guard.validators.InvalidChecksum: 校验位不符
>>> validate("1999990000000000")
Traceback (most recent call last):
    ...
pii_guard.validators.InvalidComponent: 组成部分不存在
"""

from __future__ import annotations

from functools import cache
from functools import lru_cache

from pii_guard import data
from pii_guard.named import NamedTuple
from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidComponent
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import is_digits
from pii_guard.validators._clean import strip
from pii_guard.validators.luhn import checksum


class Issuer(NamedTuple):
    """Who gave a card out; kind is debit, credit, semi-credit, prepaid, or empty where not known."""

    bank: str
    code: str
    kind: str


_SCHEMES = {
    Issuer("银联", "UPI", ""): ([("62", "62"), ("81", "81")], range(16, 20)),
    Issuer("Visa", "VISA", ""): ([("4", "4")], (13, 16, 19)),
    Issuer("Mastercard", "MC", "credit"): ([("51", "55"), ("2221", "2720")], (16,)),
    Issuer("American Express", "AMEX", "credit"): ([("34", "34"), ("37", "37")], (15,)),
    Issuer("JCB", "JCB", "credit"): ([("3528", "3589")], range(16, 20)),
    Issuer("Diners Club", "DC", "credit"): ([("300", "305"), ("36", "36"), ("38", "39")], range(14, 20)),
    Issuer("Discover", "DISC", "credit"): ([("6011", "6011"), ("644", "649"), ("65", "65")], range(16, 20)),
}
"""First and last prefix, and card lengths, of the schemes: for cards that no bank is known for."""


class _Prefixes(NamedTuple):
    """Issuers by prefix, for one card length; the lengths of the prefixes, longest first."""

    lengths: tuple[int, ...]
    issuers: dict[str, Issuer]


@cache
def _issuers() -> dict[int, _Prefixes]:
    """Known prefixes by card length."""
    found: dict[int, dict[str, Issuer]] = {}
    for bank, code, kind, length, prefixes in data.rows("bank_bins"):
        given_by = Issuer(bank, code, kind)
        found.setdefault(int(length), {}).update(dict.fromkeys(prefixes.split(), given_by))
    return {length: _Prefixes(tuple(sorted(set(map(len, known)), reverse=True)), known) for length, known in found.items()}


@lru_cache(maxsize=4096)
def _scheme(head: str, length: int) -> Issuer | None:
    for scheme, (prefixes, lengths) in _SCHEMES.items():
        if length in lengths and any(first <= head[: len(first)] <= last for first, last in prefixes):
            return scheme
    return None


def issuer(number: str) -> Issuer | None:
    """The bank of a compact number by its longest known prefix, else the card scheme, else nothing."""
    length = len(number)
    known = _issuers().get(length)
    if known is not None:
        for end in known.lengths:
            found = known.issuers.get(number[:end])
            if found is not None:
                return found
    return _scheme(number[:4], length)


def compact(number: str) -> str:
    """Without separators."""
    return strip(number, " -./_·,")


def validate(number: str) -> str:
    """The compact number, when issuer and Luhn digit are right."""
    number = compact(number)
    if not 13 <= len(number) <= 19:
        raise InvalidLength
    if not is_digits(number):
        raise InvalidFormat
    if issuer(number) is None:
        raise InvalidComponent
    if checksum(number):
        raise InvalidChecksum
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """In groups of four, as on the card."""
    number = compact(number)
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
