"""E-mail address: RFC 5321 syntax in ASCII, with a top-level domain that exists.

>>> validate("Zhang.San+a@Example.COM")
'Zhang.San+a@example.com'
>>> is_valid("a@b"), is_valid("a..b@example.com"), is_valid("logo@2x.png")
(False, False, False)
"""

from __future__ import annotations

from functools import cache

from pii_guard import data
from pii_guard.patterns import lazy
from pii_guard.validators import InvalidComponent
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import fold

_LOCAL = lazy(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = lazy(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@cache
def top_level_domains() -> frozenset[str]:
    """All top-level domains, lower case, non-ASCII ones also as xn--."""
    return frozenset(row[0] for row in data.rows("tlds"))


def compact(number: str) -> str:
    """Half-width, no spaces around `@`, the domain in lower case."""
    local, at, domain = fold(number).rpartition("@")
    return local.strip() + at + domain.strip().lower()


def validate(number: str) -> str:
    """The compact address, when its parts are well formed."""
    number = compact(number)
    local, at, domain = number.rpartition("@")
    if not at or not _LOCAL.fullmatch(local):
        raise InvalidFormat
    if len(local) > 64 or len(domain) > 253:
        raise InvalidLength
    labels = domain.split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        raise InvalidFormat
    if labels[-1] not in top_level_domains():
        raise InvalidComponent
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """As compact."""
    return compact(number)
