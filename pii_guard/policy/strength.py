"""Estimates how guessable a password is, after the ideas of zxcvbn (Wheeler 2016) with Chinese habits added.

The `zxcvbn` package would bring 800 kB of English word lists and 30 ms of import for a yes-or-no answer;
what weak
passwords look like here (dates, phone tails, 520, pinyin names, keyboard walks) it does not know.  So: own
estimator.

>>> weak("123456"), weak("poiuyt09"), weak("zhangwei1990"), weak("tR7#qLm2xV9w")
('common', 'keyboard', 'name', None)
"""

from __future__ import annotations

from collections.abc import Iterable

from pii_guard.model import Finding
from pii_guard.patterns import lazy

_COMMON_WORDS = """
123456 12345678 123456789 1234567890 111111 000000 888888 666666 666888 888666 123123 112233 121212
654321 87654321 520520 5201314 1314520 1314521 147258 147258369 159357 147852 789456 456789 123321
100200 123654 110110 112211 password passw0rd p@ssw0rd p@ssword password1 admin admin123 administrator
root root123 toor test test123 guest guest123 user user123 default changeme letmein welcome welcome1
iloveyou woaini woaini1314 woaini520 abc123 abc123456 a123456 a12345678 aa123456 aaa111 qwe123 qwerty
qwerty123 asd123 zxc123 zxcvbn asdfgh 1q2w3e 1q2w3e4r 1qaz2wsx qazwsx qaz123 q1w2e3r4 admin@123 admin888
abcd1234 abc@123 abcdef a1b2c3 dragon monkey master hello123 mysql redis oracle postgres tomcat manager
system 1234 12345 0000 1111 8888 6666 9999 1314 520 5200 88888888 66666666 11111111 00000000 99999999
123qwe 321321 159753 741852 963852 woaiwojia caonima zaq12wsx qwer1234 asdf1234 huawei@123 cisco h3c
"""
COMMON = frozenset(_COMMON_WORDS.split())
_ROWS = ("1234567890-=", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik", "9ol", "0p")
_DATE = lazy(
    r"^(?:19|20)?[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$|^(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$|^(?:19|20)[0-9]{2}$"
)
_SYLLABLES = lazy(
    r"^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ui|ao|ou|iu|ie|ve|ue|er|an|en|in|un|vn|ia|ua|uo|a|o|e|i|u|v)){2,4}[0-9@_.!]{1,8}$"
)
_DATED = lazy(  # li19900307, zw900307: letters with a whole date
    r"^[a-z]{1,8}[@_.-]?(?:19[3-9][0-9]|20[0-4][0-9]|[3-9][0-9])(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[!@#.]?$"
)
_GIVEN = lazy(  # of a pinyin name: a common surname and one or two syllables
    r"^(?:wang|li|zhang|liu|chen|yang|huang|zhao|wu|zhou|xu|sun|ma|zhu|hu|guo|lin|luo|zheng|liang|xie|song|tang|han|feng|deng|cao|peng|zeng|xiao|tian|dong|pan|yuan|cai|jiang|yu|du|ye|cheng|wei|su|lv|ding|shen|ren|yao|lu|cui|zhong|tan|fan|jin|shi|liao|jia|xia|fu|fang|zou|xiong|bai|meng|qin|qiu|hou|yin|xue|yan|duan|lei|long|tao|he|gao|kong)"
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ui|ao|ou|iu|ie|ue|an|en|in|un|ia|ua|uo|a|e|i|u)){1,2}$"
)
_NO_NAMES = frozenset("human woman women longer linux limit lines hesitate".split())
_HABIT = lazy(  # a word, and what people put behind one: bank123, redis2024, shop888, wmshe888888
    r"^[a-z]{1,10}[@_#.-]?(?:123(?:4(?:5(?:6)?)?)?|321|168|520|1314|(?:19|20)[0-9]{2}|0{2,6}|1{3,6}|6{3,6}|8{2,6}|9{3,6})[!@#.]?$"
)
ENOUGH = 10.0**9  # guesses below which a password counts as weak


def weak(value: str, own: Iterable[str] = ()) -> str | None:
    """Why the (lower-cased) password is weak: own, common, date, repeat, keyboard, name, habit, short; None where
    it is not.
    """
    if any(len(part) >= 4 and part in value for part in own):
        return "own"
    core = value.strip("!@#._-*")
    if value in COMMON or core in COMMON or (core.rstrip("0123456789") in COMMON and len(core) <= 12):
        return "common"
    if _DATE.match(core):
        return "date"
    if _repeats(core):
        return "repeat"
    if _walks(core):
        return "keyboard"
    if _SYLLABLES.match(core) and len(core) <= 16:
        return "name"
    if _HABIT.match(value) or _DATED.match(value):
        return "habit"
    return "short" if _guesses(value) < ENOUGH else None


def pinyin_name(value: str) -> bool:
    """Whether the (lower-cased) letters are a person's name in pinyin; a few words read as one, so a label must say more.

    >>> pinyin_name("zhangwei"), pinyin_name("liuxiaohong"), pinyin_name("example"), pinyin_name("linux")
    (True, True, False, False)
    """
    return 5 < len(value) < 17 and value not in _NO_NAMES and _GIVEN.match(value) is not None


def own_data(findings: Iterable[Finding]) -> frozenset[str]:
    """Parts of a person's data that people make passwords of: birthdays, tails of phone and ID numbers."""
    parts: set[str] = set()
    for finding in findings:
        if finding.entity_type in (
            "RESIDENT_ID",
            "MOBILE_PHONE",
            "BIRTH_DATE",
            "BANK_CARD",
            "LICENSE_PLATE",
            "QQ",
        ):
            parts |= _parts(
                finding.entity_type,
                "".join(c for c in finding.value.reveal().lower() if c.isalnum() and c.isascii()),
            )
    return frozenset(part for part in parts if len(part) >= 4)


def _parts(kind: str, value: str) -> set[str]:
    parts = {value, value[-6:]}
    if kind == "RESIDENT_ID" and len(value) == 18:
        parts |= {value[6:14], value[8:14], value[10:14]}
    if kind == "MOBILE_PHONE":
        parts |= {value[-8:], value[-4:]}
    return parts | ({value[2:]} if kind == "BIRTH_DATE" else set())


def _repeats(value: str) -> bool:
    """One character, or a short piece over and over."""
    return len(value) >= 3 and any(
        len(value) % size == 0 and value == value[:size] * (len(value) // size) and len(value) > size
        for size in (1, 2, 3, 4)
    )


def _walks(value: str) -> bool:
    """Runs along keyboard rows, columns or the alphabet cover the whole of it."""
    if len(value) < 4:
        return False
    lines = [*_ROWS, *_COLUMNS, "abcdefghijklmnopqrstuvwxyz", "0123456789"]
    covered = position = 0
    while position < len(value):
        step = max(_run(value[position:], line) for line in lines)
        covered += step if step >= 3 else 0
        position += max(1, step if step >= 3 else 1)
    return covered >= 0.75 * len(value)


def _run(rest: str, line: str) -> int:
    """How far `rest` follows the line, forwards or backwards."""
    best = 0
    for way in (line, line[::-1]):
        start = way.find(rest[0])
        length = 0
        while (
            start >= 0
            and length < len(rest)
            and start + length < len(way)
            and rest[length] == way[start + length]
        ):
            length += 1
        best = max(best, length)
    return best


def _guesses(value: str) -> float:
    """Brute force over the kinds of characters that occur."""
    size = (
        10 * any(c.isdigit() for c in value)
        + 26 * any(c.isalpha() for c in value)
        + 32 * any(not c.isalnum() for c in value)
    )
    return float(size) ** len(value)
