"""What to say of a name that is not known: the names that were perhaps meant.

>>> suggestion("MOBIL_PHONE", ["MOBILE_PHONE", "LANDLINE"])
'；是不是 / did you mean: MOBILE_PHONE'
>>> suggestion("CH5-NOPE", ["CH5-WEP", "CH7-SLIP"])
'；是不是 / did you mean: CH5-WEP'
>>> suggestion("WIFI_KEY", ["LANDLINE"])
''
"""

from __future__ import annotations

from collections.abc import Iterable

MOST = 3


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known names that look most like it, whatever their case: those that begin with it first, else its kin (CH5-…)."""
    from difflib import get_close_matches

    by_folded = {one.casefold(): one for one in sorted(known)}
    folded = name.casefold()
    close = get_close_matches(folded, by_folded, n=MOST, cutoff=0.7)
    begun = [one for one in by_folded if len(folded) > 1 and one.startswith(folded)]
    kin = [one for one in by_folded if "-" in folded and one.startswith(folded.partition("-")[0] + "-")]
    return [by_folded[one] for one in list(dict.fromkeys((*begun, *close))) or kin][:MOST]


def suggestion(name: str, known: Iterable[str]) -> str:
    """The end of a message on an unknown name."""
    found = nearest(name, known)
    return f"；是不是 / did you mean: {', '.join(found)}" if found else ""
