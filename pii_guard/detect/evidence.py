"""What a validator's verdict is worth: a change of the score, and the reason shown.

A failed check digit does not make a value vanish: right behind its label a mistyped number is still somebody's.
Numbers without a check digit (a passport) gain nothing from a validator, they are only dropped when wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from pii_guard.named import NamedTuple
from pii_guard.patterns import lazy
from pii_guard.validators import InvalidComponent
from pii_guard.validators import InvalidDate
from pii_guard.validators import ValidationError
from pii_guard.validators import load

if TYPE_CHECKING:
    from pii_guard.validators.bank_card import Issuer


_DIGITS_MEANT = str.maketrans("OolI", "0011")  # letters typed for digits; only labelled patterns let them in


class Evidence(NamedTuple):
    """`valid` None: cannot be told; `gain` is added to the score."""

    valid: bool | None
    gain: float
    reasons: tuple[str, ...]


_NOTHING = Evidence(None, 0.0, ())
_WRONG = Evidence(False, 0.0, ())
_RIGHT = Evidence(True, 0.0, ())
_CHECKED_RIGHT = Evidence(True, 0.0, ("check_digit",))
_NO_DATE = -0.25
_CHECKED = frozenset(
    "resident_id foreign_resident_id hkid taiwan_id uscc vin imei mod_11_2 luhn".split()
)  # these carry a check digit worth naming


def weigh(validator: str, value: str) -> Evidence:
    """The evidence of one validator on one value."""
    if not validator:
        return _NOTHING
    special = _SPECIAL.get(validator)
    if special is not None:
        return special(value)
    if not load(validator).is_valid(value):
        return _WRONG
    return _CHECKED_RIGHT if validator in _CHECKED else _RIGHT


def _meant(value: str) -> str:
    """A number with letters read as the digits they look like; most have none."""
    return value if value.isdecimal() else value.translate(_DIGITS_MEANT)


@cache
def _card_functions() -> tuple[Callable[[str], str], Callable[[str], Issuer | None], Callable[[str], int]]:
    """How to read a card number; looked up once, as the import statement takes longer than the check."""
    from pii_guard.validators.bank_card import compact
    from pii_guard.validators.bank_card import issuer
    from pii_guard.validators.luhn import checksum

    return compact, issuer, checksum


def _bank_card(value: str) -> Evidence:
    compact, issuer_of, checksum = _card_functions()
    number = compact(_meant(value))
    if not 13 <= len(number) <= 19 or not number.isdigit():
        return _WRONG
    issuer = issuer_of(number)
    named = (f"bin:{issuer.bank}" + (f":{issuer.kind}" if issuer.kind else ""),) if issuer else ()
    scheme_only = issuer is not None and issuer.bank in _SCHEMES
    if checksum(number):
        return Evidence(False, 0.0 if issuer and not (scheme_only and len(number) != 16) else -0.2, named)
    if issuer is None:
        return Evidence(True, -0.52, ("luhn",))
    loss = _RARE.get(len(number), 0.1) if scheme_only and len(number) != 16 else 0.0
    return Evidence(True, -loss, ("luhn", *named))


_RARE = {13: 0.3, 14: 0.3}  # old Visa, Diners: one serial number in ten passes Luhn, too
_SCHEMES = frozenset("银联 Visa Mastercard JCB Discover".split()) | {"American Express", "Diners Club"}


def _resident_id(value: str) -> Evidence:
    try:
        number = load("resident_id").validate(_meant(value))
    except InvalidDate:
        return Evidence(False, _NO_DATE, ())
    except InvalidComponent:
        return Evidence(False, -0.1, ())
    except ValidationError:
        return _WRONG
    return _CHECKED_RIGHT if len(number) == 18 else Evidence(True, 0.0, ("region", "date"))


def mistyped(validator: str, value: str, gain: float) -> float:
    """The gain of a labelled value that is wrong: one slip in the date of an identity number does not cost much.  Asked
    behind labels only, as it takes a while."""
    if validator != "resident_id" or gain != _NO_DATE:
        return gain
    if _slipped_date(value):
        return -0.05
    return -0.1 if len(value) == 18 and _DATED.match(value) else gain


def _slipped_date(value: str) -> bool:
    """Whether one other digit in the date makes it one: 19901307 for 19900307."""
    validator = load("resident_id")
    number = validator.compact(value.translate(_DIGITS_MEANT))
    if len(number) != 18:
        return False
    for at in range(6, 14):
        for digit in "0123456789":
            try:
                validator.validate(number[:at] + digit + number[at + 1 :])
            except InvalidComponent:
                continue
            except ValidationError:
                pass  # the check digit may be the slip
            return True
    return False


def _vin(value: str) -> Evidence:
    if load("vin").is_valid(value):
        return Evidence(True, 0.18, ("check_digit",))
    return Evidence(False, 0.0, ())


_DATED = lazy(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|8[1-3])[0-9]{4}(?:19|20)")  # a wrong month, not another number
_LEAST_RANGE = 15  # characters of a range of whole numbers: 5550120-5550129
_RANGE = lazy(r"(?:[/／、][0-9]{1,4}|(?<=[0-9]{7})[\-—~～至][2-8][0-9]{6,7})+(?![0-9])")
_AREA_JOINT = lazy(r"(?<=[0-9])[ ]?[./·_][ ]?(?=[0-9]{2})")
_AREA_AND_NUMBER = lazy(r"[(（]?0([1-9][0-9]{1,2})[)）]?[ \-—－]{0,3}[1-8][0-9]{6,7}")
_EXTENSION = lazy(r"(?<=[0-9]{4})[ ]?[转\-][ ]?[0-9]{1,4}\Z")
_FULL_DATE = lazy(r"[0-9]{4}[^0-9]{1,3}[0-9]{1,2}[^0-9]{1,3}[0-9]{1,2}[日号]?|[0-9]{8}")
_CALENDAR = "公历农历阳历阴历西元 "
_DECIMAL = lazy(r"-?[0-9]{1,3}\.[0-9]{4,15}")


def _landline(value: str) -> Evidence:
    """`83550481/82/83` is a number and the last digits of its neighbours; after a real area code a subscriber
    number of an old or wrong length counts behind a label only."""
    from pii_guard.validators import landline

    plain = len(value) < _LEAST_RANGE and value.replace("-", "", 1).isdecimal()  # as nearly all: no other joint
    number = value if plain else _AREA_JOINT.sub("-", _RANGE.sub("", value), count=2)
    if landline.is_valid(number) or landline.is_valid(number.translate(_DIGITS_MEANT)):
        return _RIGHT
    parts = _AREA_AND_NUMBER.fullmatch(number)
    if parts and landline.city("0" + parts[1]) is not None:
        return Evidence(None, -0.2, ("mistyped",))
    return _WRONG


def _service_number(value: str) -> Evidence:
    """`400-820-8820转3` is a number and an extension."""
    is_valid = load("service_number").is_valid
    return _RIGHT if is_valid(value) or is_valid(_EXTENSION.sub("", value, count=1)) else _WRONG


def _birth_date(value: str) -> Evidence:
    """Full dates are checked; `1975-08`, `78年5月` and lunar ones cannot be."""
    date = value.strip(_CALENDAR)
    if not _FULL_DATE.fullmatch(date):
        return _NOTHING
    return _RIGHT if load("birth_date").is_valid(date) else _WRONG


_MOBILE_BODIES = "35", "86", "01", "99"  # others are hardly met


def _imei(value: str) -> Evidence:
    """A number that fails its check digit and does not begin as today's devices do is another one's."""
    if load("imei").is_valid(value):
        return _CHECKED_RIGHT
    return Evidence(False, 0.0 if value.startswith(_MOBILE_BODIES) else -0.2, ())


_LIKE_A_VERSION = lazy(  # 9.4.0.1; few addresses are so small, but for some famous ones
    r"(?!10\.)(?:[12]?[0-9]|3[01])(?:\.(?:[12]?[0-9]|3[01])){3}(?<!1\.1\.1\.1)(?<!8\.8\.8\.8)(?<!8\.8\.4\.4)"
)
_SPECIAL_NETWORKS = lazy(r"(?:0|127|255|22[4-9]|2[34][0-9])\.")  # nobody's: unspecified, loopback, multicast, masks


def _ip_address(value: str) -> Evidence:
    """Four small numbers (8.3.2.4, 2.5.29.21) are a section, a version or an object more often than an address."""
    if _SPECIAL_NETWORKS.match(value) or not load("ip_address").is_valid(value):
        return _WRONG
    return Evidence(True, -0.2 if _LIKE_A_VERSION.fullmatch(value) else 0.0, ())


def _gps(value: str) -> Evidence:
    """Pairs are checked as pairs, one coordinate by its range, degrees by their shape."""
    if _DECIMAL.fullmatch(value):
        degrees = float(value)
        return _NOTHING if 3 < degrees < 54 or 73 < degrees < 136 else _WRONG
    if "°" in value or "deg" in value:
        return _NOTHING
    return _RIGHT if load("gps").is_valid(value) else _WRONG


_AT = lazy(r"[(（\[](?:at?|@)[)）\]]|#at#|_at_|艾特|圈a?|小老鼠|花a|[ ]at[ ]|[#＃*&](?=[ ]?[0-9A-Za-z\-]{1,30}\.)", re.IGNORECASE)
_BLANKS = dict.fromkeys(map(ord, " \r\n"))
_DOT = lazy(r"[(（\[]dot[)）\]]|点|[ ]dot[ ]|[ ]?[,，。、·][ ]?(?=com|cn|net)|(?<=@qq|163|126|ail)(?=com\Z)", re.IGNORECASE)
_MISTYPED_PROVIDER = lazy(
    r"@(?:qq|163|126|gmail|hotmail|sina|sohu|yahoo|outlook|139|189|foxmail)\.(?!com\Z|cn\Z|net\Z)[cvxo][a-z]{1,3}\Z"
)
_TYPED = str.maketrans("OolIi", "00111", "~～…|+*★☆●◆■")


def _mobile_phone(value: str) -> Evidence:
    """Letters typed for digits count as the digits they look like; behind a label only such values come here."""
    typed = value if value.isdecimal() else value.translate(_TYPED)
    if not load("mobile_phone").is_valid(_national(typed)):
        return _WRONG
    return Evidence(True, -0.4, ()) if value.endswith(_ROUND) else _RIGHT


_ROUND = "0000000"  # 13800000000 is a limit, an amount


def _national(value: str) -> str:
    return value[1:] if value[:2] == "01" else value


def _email(value: str) -> Evidence:
    """`name @ example.com` and `name(at)example.com` are read as what they mean; `@163.con` is still somebody's."""
    if _MISTYPED_PROVIDER.search(value):
        return Evidence(None, 0.0, ("mistyped",))
    is_valid = load("email").is_valid
    if is_valid(value):
        return _RIGHT
    return _RIGHT if is_valid(_DOT.sub(".", _AT.sub("@", value)).translate(_BLANKS)) else _WRONG


_SPECIAL: dict[str, Callable[[str], Evidence]] = {
    "bank_card": _bank_card,
    "resident_id": _resident_id,
    "vin": _vin,
    "landline": _landline,
    "imei": _imei,
    "service_number": _service_number,
    "ip_address": _ip_address,
    "birth_date": _birth_date,
    "gps": _gps,
    "mobile_phone": _mobile_phone,
    "email": _email,
}
