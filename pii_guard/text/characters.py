"""What stands for what: digits of other kinds, look-alike letters, characters that show nothing.

Digits are those of the Unicode character database (general category Nd, and the circled, parenthesised,
super- and subscript forms); Han numerals are the ordinary, the banker's and the spoken ones (幺); look-alike
letters are the Cyrillic and Greek ones drawn like an ASCII letter (Unicode confusables.txt, those in use).
"""

from __future__ import annotations

_ND_ZEROS = (
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0x19D0, 0xA620, 0xA8D0, 0xA900, 0xFF10, 0x104A0,
    0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1FBF0,
)  # fmt: skip
_ZEROS = (0x2080, 0x2070, *_ND_ZEROS)
_FROM_ONE = (  # first code point, how many
    (0x2460, 20), (0x2474, 20), (0x2488, 20), (0x24F5, 10), (0x2776, 10), (0x2780, 10), (0x278A, 10),
    (0x3220, 10), (0x3280, 10),
)  # fmt: skip
_ALONE = {"¹": "1", "²": "2", "³": "3", "⓪": "0", "⓿": "0", "🄀": "0", "🄋": "0", "🄌": "0"}
_NOT_ASSIGNED = "\u2071\u2072\u2073"

DIGITS = (
    {chr(zero + n): str(n) for zero in _ZEROS for n in range(10)}
    | {chr(first + n): str(n + 1) for first, count in _FROM_ONE for n in range(count)}
    | _ALONE
)
for _ch in _NOT_ASSIGNED:
    DIGITS.pop(_ch, None)

HAN_DIGITS = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True)) | dict(
    zip("壹贰叁肆伍陆柒捌玖貳參陸弌弍弎弐幺", "12345678923612321", strict=True)
)
FULL_WIDTH = {
    chr(code): chr(code - 0xFEE0)
    for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "＠．＿"))
}
MARKS = {
    mark: chr(ord(mark) - 0xFEE0) for mark in "＋／＊＃＝＆％"
}  # ordinary in Chinese text: no sign of a disguise
SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
DASHES = "\u2010-\u2015\u2212\u2500\u2043\ufe58\ufe63\uff0d\u30fc"
HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e"  # soft hyphen, fillers, directions
    "\u2060-\u2064\u2066-\u206f\u20e3\ufe00-\ufe0f\ufeff"  # joiners, keycap, variation selectors, BOM
)
LOOK_ALIKES = dict(
    zip("аеорсухіјѕһԁԛԝвкмнтАВЕКМНОРСТУХІЈЅԌԚԜ", "aeopcyxijshdqwbkmhtABEKMHOPCTYXIJSGQW", strict=True)
) | dict(zip("αορνκιυτχεηγβωσϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aopvkiutxenybwocjABEZHIKMNOPTYX", strict=True))
LETTERS = "A-Za-z"
NAMED = {
    "nbsp": " ", "commat": "@", "period": ".", "amp": "&", "lt": "<", "gt": ">", "quot": '"',
    "colon": ":", "hyphen": "-", "dash": "-", "lowbar": "_", "plus": "+", "ensp": " ", "emsp": " ",
    "num": "#", "sol": "/", "equals": "=", "percnt": "%", "zwnj": "", "zwj": "", "shy": "", "apos": "'",
}  # fmt: skip
