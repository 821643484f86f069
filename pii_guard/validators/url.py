"""URL: http, https or ftp and a host (a domain that can exist, localhost, IP address), or a bare domain.

>>> validate("https://www.example.com/a?b=c")
'https://www.example.com/a?b=c'
>>> is_valid("example.com/a"), is_valid("http://a.invalidtld"), is_valid("readme.md"), is_short("http://t.cn/a")
(True, False, False, True)
"""

from __future__ import annotations

import re

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidComponent
from pii_guard.validators import InvalidFormat
from pii_guard.validators import ip_address
from pii_guard.validators import passes
from pii_guard.validators._clean import is_digits
from pii_guard.validators.email import top_level_domains

_SHAPE = lazy(
    r"(?:(?P<scheme>https?://|ftps?://)(?:[^\s/?#@]{1,256}@)?)?"
    r"(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[^\s/?#:@\[\]]{1,253})(?::[0-9]{1,5})?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_LABELS = lazy(r"[^\W_](?:[\w-]{0,61}[^\W_])?(?:\.[^\W_](?:[\w-]{0,61}[^\W_])?)*")
# other endings of a bare host are file names as well: readme.md, main.rs, run.sh
_BARE = frozenset(
    {"com", "cn", "net", "org", "cc", "top", "vip", "xyz", "hk", "tw", "gov", "edu", "info", "club"}
)
_SHORTENERS = frozenset(
    {"t.cn", "url.cn", "dwz.cn", "suo.im", "sourl.cn", "m.tb.cn", "w.url.cn", "u.jd.com", "3.cn"}
)


def compact(number: str) -> str:
    """Without spaces around."""
    return number.strip()


def host(number: str) -> str:
    """The host of a URL in lower case, empty where there is none."""
    found = _SHAPE.fullmatch(compact(number))
    return found["host"].lower() if found else ""


def is_short(number: str) -> bool:
    """Whether a link shortener hides where the URL leads."""
    return host(number) in _SHORTENERS


def _is_address(name: str) -> bool:
    return name[0] == "[" or is_digits(name.replace(".", ""))


def _is_host(name: str, *, bare: bool) -> bool:
    if _is_address(name):
        return not bare and ip_address.is_valid(name.strip("[]"))
    if not _LABELS.fullmatch(name):
        return False
    top = name.rpartition(".")[2]
    if bare and not name.startswith("www."):
        return top in _BARE and top != name
    return name == "localhost" or top in top_level_domains()


def validate(number: str) -> str:
    """The URL, when its host can exist."""
    number = compact(number)
    found = _SHAPE.fullmatch(number)
    if found is None:
        raise InvalidFormat
    if not _is_host(found["host"].lower(), bare=not found["scheme"]):
        raise InvalidComponent
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """As compact."""
    return compact(number)
