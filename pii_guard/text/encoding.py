"""Which encoding are these bytes in?

BOM, else UTF-16 by its NUL bytes, else strict UTF-8, else the one of GB18030, Big5 and BOM-less UTF-16 whose
decoding holds the largest share of everyday characters: GB 2312 level 1 (rows 16-55) and Big5 level 1
(A440-C67E).  Isolated high bytes among ASCII letters are Latin-1.  Nothing is ever replaced: what fits no
encoding is an UnreadableError.
"""

from __future__ import annotations

import codecs
from functools import cache
from itertools import islice

from pii_guard.errors import UnreadableError
from pii_guard.named import NamedTuple
from pii_guard.patterns import lazy

SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = ("gb18030", "big5", "big5hkscs", "cp950")
_WIDE = ("utf-16-le", "utf-16-be")
_TEXT_BYTES = bytes({7, 8, 9, 10, 12, 13, 27, 31, *range(32, 127), *range(128, 256)})
_CONTROLS = lazy("[\0-\x06\x0e-\x1a\ufffe\uffff]")
_PUNCTUATION = frozenset("，。、：；？！“”‘’（）《》「」『』【】…—·￥　\u2014\u2026")
_FULL_WIDTH = frozenset(map(chr, range(0xFF01, 0xFF5F)))
_LATIN_PAIR = lazy(rb"[\x80-\xff]{2}")
_BEYOND_ASCII = lazy("[^\0-\x7f]")
_ENOUGH = 0.3  # below this share of everyday characters a decoding is not believed over Latin-1


class Encoding(NamedTuple):
    """A codec of Python's and the byte order mark that stands before the text."""

    codec: str
    bom: bytes = b""


def guess(head: bytes, *, complete: bool) -> Encoding:
    """The encoding of a file that starts with `head` (`complete`: and ends with it)."""
    for bom, codec in _BOMS:
        if head.startswith(bom):
            return Encoding(codec, bom)
    sample = head[:SAMPLE]
    if 0 in sample:
        wide = _wide_by_nulls(sample)
        if wide:
            return Encoding(wide)
    if _control_share(sample) > 0.1:
        raise UnreadableError("binary", "二进制文件，不是文本 (binary, not text)")
    if _is_utf8(head, complete):
        return Encoding("utf-8")
    if 0 in sample:
        raise UnreadableError("binary", "二进制文件，不是文本 (binary, not text)")
    return Encoding(guess_legacy(head, complete=complete))


def guess_legacy(head: bytes, *, complete: bool) -> str:
    """The codec of bytes that are not UTF-8."""
    best, codec = -1.0, ""
    for candidate in (*_LEGACY, *_WIDE):
        score = _score(head, candidate, complete)
        if score > best:
            best, codec = score, candidate
    if best < _ENOUGH and _is_latin(head):
        return "latin-1"
    if codec:
        return codec
    raise UnreadableError("undecodable", "不是 UTF-8、UTF-16、GB18030 或 Big5 编码 (unknown encoding)")


def head_text(head: bytes) -> str | None:
    """The first bytes of a file as text, for looking at its shape; None when they are no text."""
    try:
        encoding = guess(head, complete=False)
        decoder = codecs.getincrementaldecoder(encoding.codec)()
        return decoder.decode(head[len(encoding.bom) :])
    except (UnreadableError, UnicodeDecodeError):
        return None


def _control_share(sample: bytes) -> float:
    return len(sample.translate(None, _TEXT_BYTES)) / max(1, len(sample))


def _wide_by_nulls(sample: bytes) -> str | None:
    """UTF-16 without BOM: ASCII and line ends have their NULs all on one side; one or two in UTF-8 are damage."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample) and _is_utf8(sample, complete=False):
        return None
    if min(even, odd) * 20 > max(even, odd) or max(even, odd) * 50 < len(sample):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = sample[: len(sample) & ~1].decode(codec)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return None
        text = sample[: error.start].decode(codec)
    return None if len(_CONTROLS.findall(text)) * 20 > len(text) else codec


def _is_utf8(head: bytes, complete: bool) -> bool:
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data" or error.end < len(head):
            return False
        # a cut character: of UTF-8 when more of it came before, else perhaps a whole one of GBK
        return not complete or not head[: error.start].isascii() or _score(head, "gb18030", True) <= 0
    return True


def _is_latin(head: bytes) -> bool:
    return (
        not _LATIN_PAIR.search(head) and 0 < len(head) - len(head.decode("ascii", "ignore")) < len(head) / 8
    )


def _score(head: bytes, codec: str, complete: bool) -> float:
    """Share of everyday characters among the non-ASCII ones; -1 when the bytes do not decode."""
    wide = codec in _WIDE
    if wide and len(head) % 2:
        return -1.0
    try:
        text = codecs.getincrementaldecoder(codec)().decode(head, complete and not wide)
    except UnicodeDecodeError as error:
        if error.reason != "incomplete multibyte sequence" or error.end < len(error.object):
            return -1.0
        text = error.object[: error.start].decode(codec)
    share = everyday_share(text, codec)
    if wide:  # no NUL, no BOM: only convincing text of some length is believed
        return share if len(text) >= 4 and share > 0.9 and not _CONTROLS.search(text) else -1.0
    return share


def everyday_share(text: str, codec: str) -> float:
    """How many of the non-ASCII characters are everyday ones of the codec's script."""
    beyond = [found.group() for found in islice(_BEYOND_ASCII.finditer(text), SAMPLE)]
    return sum(map(_common(codec).__contains__, beyond)) / max(1, len(beyond))


@cache
def _common(codec: str) -> frozenset[str]:
    simplified = "".join(
        bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF)
    )
    traditional = "".join(
        bytes((a, b)).decode("big5", "ignore")
        for a in range(0xA4, 0xC7)
        for b in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    )
    chars = simplified if codec == "gb18030" else traditional
    return frozenset(simplified + traditional if codec in _WIDE else chars) | _PUNCTUATION | _FULL_WIDTH
