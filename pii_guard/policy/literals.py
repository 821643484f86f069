"""What a text must hold for a pattern to match it: groups of short literals, one of each group must be there.

A necessary condition, read off the parsed pattern; a pattern of which nothing can be said has no groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from typing import Any

from pii_guard.patterns import parsed
from pii_guard.policy.fold import fold_pattern

MOST = 96  # literals of one group; longer lists tell little
LENGTH = 2  # characters at the head, and at the end, of a literal that are looked for

LONG = "\ue000"  # stands for RUN digits on end
RUN = 14  # fewer, and phone and order numbers would be taken for card numbers

Group = frozenset[str]


def required(source: str) -> tuple[tuple[Group, ...], ...]:
    """For each alternative of a pattern its groups, folded as texts are.

    >>> [[sorted(group) for group in groups] for groups in required("(报|念)[^。]{0,9}(密码|口令)|验证码")]
    [[['念', '报'], ['口令', '密码']], [['验证'], ['证码']]]
    """
    tree = list(parsed(fold_pattern(source), re.IGNORECASE))
    branches = tree[0][1][1] if len(tree) == 1 and str(tree[0][0]) == "BRANCH" else [tree]
    return tuple(map(_ends, map(_groups, branches)))


def _ends(found: list[Group]) -> tuple[Group, ...]:
    """The groups with the heads of their literals, and with the ends."""
    ends = [(w[:LENGTH] for w in group) for group in found] + [(w[-LENGTH:] for w in group) for group in found]
    return tuple(dict.fromkeys(frozenset(word.lower() for word in words) for words in ends))


def _groups(items: Iterable[tuple[Any, Any]]) -> list[Group]:
    groups: list[Group] = []
    run: Group = frozenset(("",))
    for item in items:
        exact = _exact((item,))
        if exact is not None and len(longer := _crossed(run, exact)) <= MOST:
            run = longer
            continue
        groups += [run, *([exact] if exact is not None else _of_item(*item))]
        run = frozenset(("",))
    return [group for group in (*groups, run) if group and "" not in group and len(group) <= MOST]


def _of_item(op: Any, argument: Any) -> list[Group]:
    match str(op):
        case "SUBPATTERN":
            return _groups(argument[3])
        case "BRANCH":
            best = [_best(_groups(branch)) for branch in argument[1]]
            return [frozenset().union(*best)] if all(best) else []
        case "MAX_REPEAT" if argument[0] >= RUN and _is_digit(argument[2]):
            return [frozenset((LONG,))]
        case "MAX_REPEAT" if argument[0]:
            return _groups(argument[2])
    return []


def _is_digit(items: Iterable[tuple[Any, Any]]) -> bool:
    return [(str(op), [(str(kind), which) for kind, which in of]) for op, of in items if str(op) == "IN"] == [
        ("IN", [("RANGE", (ord("0"), ord("9")))])
    ]


def _best(groups: list[Group]) -> Group:
    """The group that stands in the fewest texts: long literals, few of them."""
    return max(groups, key=lambda g: (LONG in g, min(*map(len, g), LENGTH), -len(g)), default=frozenset())


def _exact(items: Iterable[tuple[Any, Any]]) -> Group | None:
    """All strings that the items match, where these are few."""
    found: Group = frozenset(("",))
    for op, argument in items:
        one = _strings(str(op), argument)
        if one is None or len(found) * len(one) > MOST:
            return None
        found = _crossed(found, one)
    return found


def _strings(op: str, argument: Any) -> Group | None:
    match op:
        case "LITERAL":
            return frozenset((chr(argument),))
        case "IN" if all(str(kind) == "LITERAL" for kind, _ in argument):
            return frozenset(chr(code) for _, code in argument)
        case "SUBPATTERN":
            return _exact(argument[3])
        case "BRANCH":
            each = [_exact(branch) for branch in argument[1]]
            return reduce(frozenset.union, each) if None not in each else None  # type: ignore[arg-type]
        case "MAX_REPEAT" if argument[:2] == (0, 1) and (inner := _exact(argument[2])) is not None:
            return inner | {""}
    return None


def _crossed(heads: Group, tails: Group) -> Group:
    return frozenset(head + tail for head in heads for tail in tails)
