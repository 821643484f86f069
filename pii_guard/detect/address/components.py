"""The components of an address: what a mask may keep, and what a report may group by."""

from __future__ import annotations

from pii_guard.records import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One component: its field, and where it stands in the address."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Components:
    """The fields of an address as written.

    `code` is the six-digit code of the finest division known, `town_code` the nine-digit code of the town.

    `admin_end` is the offset behind province, city and district: what a mask may keep.
    """

    province: str | None = None
    city: str | None = None
    district: str | None = None
    town: str | None = None
    community: str | None = None
    road: str | None = None
    number: str | None = None
    poi: str | None = None
    building: str | None = None
    unit: str | None = None
    floor: str | None = None
    room: str | None = None
    remark: str | None = None
    code: str | None = None
    town_code: str | None = None
    admin_end: int = 0
    parts: tuple[Part, ...] = ()
