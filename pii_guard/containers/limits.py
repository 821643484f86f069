"""How much an archive or package may unpack to before it is refused instead of filling the machine."""

from __future__ import annotations

from typing import IO
from typing import TYPE_CHECKING

from pii_guard.errors import UnreadableError

if TYPE_CHECKING:
    from bz2 import BZ2File
    from gzip import GzipFile
    from lzma import LZMAFile

DEPTH = 5  # archives in archives
MEMBERS = 50_000
MEMBER_BYTES = 512 << 20
TOTAL_BYTES = 2 << 30
RATIO = 200  # a text seldom shrinks a hundredfold
RATIO_FROM = 16 << 20  # small members may: a page of blanks does no harm
NESTING = "!/"  # between an archive's path and its member's


class Budget:
    """Counts what one archive unpacks to; `spend` raises when it is too much."""

    __slots__ = ("_left",)

    def __init__(self, members: int, path: str) -> None:
        self.count(members)
        if path.count(NESTING) >= DEPTH:
            raise over(f"压缩包嵌套超过 {DEPTH} 层 (nested too deep)")
        self._left = TOTAL_BYTES

    def count(self, members: int) -> None:
        """Refuse an archive of too many members."""
        if members > MEMBERS:
            raise over(f"成员超过 {MEMBERS} 个 (too many members)")

    def allow(self, size: int, packed: int) -> None:
        """Refuse by the declared size, where members cannot be read piece by piece."""
        if size > min(self._left, MEMBER_BYTES, max(RATIO_FROM, packed * RATIO)):
            raise over("解压后过大，疑似压缩炸弹 (unpacks to too much)")

    def read(self, stream: IO[bytes] | GzipFile | BZ2File | LZMAFile, packed: int | None = None) -> bytes:
        """All bytes of a member, never trusting the size it declares."""
        limit = min(MEMBER_BYTES, self._left)
        if packed is not None:
            limit = min(limit, max(RATIO_FROM, packed * RATIO))
        data = stream.read(limit + 1)
        if len(data) > limit:
            raise over("解压后过大，疑似压缩炸弹 (unpacks to too much)")
        self._left -= len(data)
        return data


def over(message: str) -> UnreadableError:
    """The error of a document that exceeds a limit."""
    return UnreadableError("over_limit", message)
