"""Exceptions that stand in a file or in the config: inline ignores, and allowlists.

In any comment, on the line of a finding, or with `ignore-next-line` on the line before:

    phone = "138..."  # pii-guard: ignore[MOBILE_PHONE] 测试号段
    <!-- pii-guard: ignore-next-line[PERSON,ADDRESS] 虚构的人物 -->

The type is needed: a bare `ignore` would also silence what comes later.  In the config:

    allow:
      - {path: "tests/**", type: MOBILE_PHONE, reason: 测试号段, until: 2026-12-31, by: 张工}
      - {regex: "1380013800[0-9]", reason: 文档示例号码}
      - {value_hash: 3f0c..., reason: 公司总机}
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache

from pii_guard.errors import UsageError
from pii_guard.model import Document
from pii_guard.model import Finding
from pii_guard.model import Suppression
from pii_guard.named import NamedTuple
from pii_guard.patterns import lazy
from pii_guard.records import dataclass

MARK = b"pii-guard:"
_MARK_UTF16 = b"\0".join(bytes([byte]) for byte in MARK)
_MOST = 1 << 26  # bytes of a file that is searched for inline ignores
_INLINE = lazy(r"pii-guard:[ \t]*ignore(-next-line)?\b(?:[ \t]*\[([^\]\n]{0,300})\])?([^\n]{0,300})")
_COMMENT_END = lazy(r"\s*(?:\*/|-->|--%>|#\}|%\}|\*\)|\]\]>|\"\"\"|''')\s*$")
_SECONDS = 0.1  # that a regex of the config may take on one value


@dataclass(frozen=True, slots=True)
class Allow:
    """An entry of the allowlist: all that it names must fit."""

    reason: str
    path: str = ""
    type: str = ""
    regex: str = ""
    value_hash: str = ""
    until: str = ""
    by: str = ""

    def expired(self, today: date) -> bool:
        """`until` is the last day on which it counts."""
        return bool(self.until) and date.fromisoformat(self.until) < today


class Inline(NamedTuple):
    """An inline ignore: the line it speaks of, its types, its reason."""

    line: int
    types: frozenset[str]
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Whether it speaks of the finding."""
        return finding.line <= self.line <= finding.end_line and finding.entity_type in self.types


def inline_ignores(text: str) -> Iterator[Inline]:
    """The ignores of a text; one that names no type gets none, and covers nothing."""
    at, line = 0, 1
    for match in _INLINE.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        types = frozenset(filter(None, (word.strip().upper() for word in (match[2] or "").split(","))))
        yield Inline(line + bool(match[1]), types, _COMMENT_END.sub("", match[3].strip()).strip(" \t:：-—"))


def read_inline(document: Document) -> tuple[Inline, ...]:
    """The ignores of a document that is text; none where it is not."""
    from pii_guard.text import decode

    if document.size is not None and document.size > _MOST:
        return ()
    with document.open() as stream:
        content = stream.read(_MOST)
    if MARK not in content and _MARK_UTF16 not in content:
        return ()
    return tuple(inline_ignores(decode.decode_whole(content).text))


def parse_allow(raw: object, where: str) -> Allow:
    """An allowlist entry of a config."""
    known = [f.name for f in fields(Allow)]
    if not isinstance(raw, Mapping):
        raise UsageError(f"{where} 应为键值表，可用: {', '.join(known)}")
    entry = {str(k): v.isoformat() if isinstance(v, date) else v for k, v in raw.items()}
    if unknown := [key for key in entry if key not in known]:
        raise UsageError(f"{where}: 未知的键 {unknown[0]}，可用: {', '.join(known)}")
    if not all(isinstance(value, str) for value in entry.values()):
        raise UsageError(f"{where}: 值应为字符串")
    if not entry.get("reason", "").strip():
        raise UsageError(f"{where}: 缺少 reason（理由）")
    if not any(entry.get(key) for key in ("path", "regex", "value_hash")):
        raise UsageError(f"{where}: 至少要有 path、regex、value_hash 之一")
    allow = Allow(**entry)
    _checked(allow, where)
    return allow


def allowed(
    finding: Finding, allow: tuple[Allow, ...], today: date, value_hash: Callable[[Finding], str]
) -> Suppression | None:
    """The first entry in force that covers a finding."""
    for number, entry in enumerate(allow, 1):
        if not entry.expired(today) and _covers(entry, finding, value_hash):
            return Suppression("allowlist", entry.reason, entry.by, entry.until, f"allow[{number}]")
    return None


def _covers(entry: Allow, finding: Finding, value_hash: Callable[[Finding], str]) -> bool:
    if entry.type and entry.type.upper() != finding.entity_type:
        return False
    if entry.path and not _glob(entry.path)(finding.path.replace("\\", "/").removeprefix("./")):
        return False
    if entry.value_hash and entry.value_hash.lower() != value_hash(finding):
        return False
    return not entry.regex or _matches(entry.regex, finding.value.reveal())


def _matches(pattern: str, value: str) -> bool:
    import regex

    try:
        return regex.fullmatch(pattern, value, timeout=_SECONDS) is not None
    except TimeoutError:
        return False


def _checked(allow: Allow, where: str) -> None:
    if allow.regex:
        import regex

        try:
            regex.compile(allow.regex)
        except regex.error:
            raise UsageError(f"{where}: regex 不是可用的正则表达式") from None
    try:
        allow.expired(date.min)
    except ValueError:
        raise UsageError(f"{where}: until 应写成 2026-12-31") from None


@lru_cache(maxsize=256)
def _glob(pattern: str) -> Callable[[str], bool]:
    from pii_guard.sources.paths import _excluder

    return _excluder([pattern])
