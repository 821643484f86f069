"""HTML and XML: text, attributes, comments, scripts; character references decoded, tags left alone.

The text between tags is read in document order; tags inside a line (`<b>`, `<span>`) do not break a
value. A cell of a table is read with its column's header or with the label before it, an attribute with
its name, an XML element with its own; those are gathered by that name, one segment each a block. Tolerant
by design: whatever is no tag is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import field
from functools import partial

from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment
from pii_guard.patterns import lazy
from pii_guard.records import dataclass
from pii_guard.text import splice
from pii_guard.text.cells import Cell
from pii_guard.text.cells import CellsLocator
from pii_guard.text.cells import joined
from pii_guard.text.decode import Block
from pii_guard.text.decode import blocks
from pii_guard.text.offsets import LineTable
from pii_guard.text.offsets import Pieces

NAME = "markup"
EXTRA: str | None = None
SUFFIXES = frozenset(
    {".html", ".htm", ".xhtml", ".xml", ".svg", ".vml", ".vue", ".jsp", ".xsd", ".wsdl", ".rss", ".mhtml"}
)
BLOCK = 1 << 19  # markup takes far more memory than its text
LARGEST = 1 << 22  # a tag, comment or script longer than this is read as text

_HEAD = lazy(rb"\s*<(?:!doctype\s|\?xml\s|html\b|head\b|body\b|!--|div\b|table\b)", re.IGNORECASE)
_TOKEN = lazy(
    r"<(?P<close>/?)(?P<tag>[^\W\d][\w:.-]*)(?P<attributes>(?=[\s/>])(?:[^<>\"']+|\"[^\"<]*\"|'[^'<]*')*+)>"
    r"|<!--|<!\[CDATA\[|<![Dd][Oo][Cc][Tt][Yy][Pp][Ee]\b[^<>\[]*>|<\?xml\b[^<>]*\?>|<!\[(?:if|endif)\b[^<>]*>"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_ENDS = {
    "<!--": lazy("-->"),
    "<![cdata[": lazy("]]>"),
    "script": lazy(r"</script\s*>", re.IGNORECASE),
    "style": lazy(r"</style\s*>", re.IGNORECASE),
}
_ATTRIBUTE = lazy(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+))""")
_STRAY = lazy(r"[0-9]{5}|@|[\u4e00-\u9fff]")  # worth reading where a tag holds it outside of a value
_REFERENCE = lazy("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_INLINE_WORDS = (
    "a abbr acronym b bdi bdo big cite code em font i ins kbd mark q s small span strike strong sub sup "
    "tt u var wbr del nobr"
)
_INLINE = frozenset(_INLINE_WORDS.split())
_CELLS = frozenset({"td", "th", "label", "dt", "dd"})
_KNOWN_WORDS = (
    "html head body title meta link base div p h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tfoot tr "
    "caption col colgroup form input button select option textarea fieldset legend br hr img article "
    "section header footer nav main aside figure figcaption blockquote pre iframe object embed video "
    "audio source canvas svg path g text dl template noscript script style center item root data row record"
)
_KNOWN = frozenset(_KNOWN_WORDS.split()) | _INLINE | _CELLS
_LABEL_LENGTH = 20


def sniff(head: bytes) -> bool:
    """Starts as HTML or XML does."""
    return _HEAD.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read(document: Document) -> Iterator[Segment]:
    """For each block the running text, and one segment for each header, label and attribute name."""
    with document.open() as stream:
        yield from _segments(blocks(stream, BLOCK))


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The document with the edits made; tags, comments and references elsewhere stay."""
    return splice.rewrite(document, _segments, replace)


def _segments(parts: Iterator[Block]) -> Iterator[Segment]:
    walk = _Walk()
    left: Block | None = None
    ahead = next(parts, None)
    while ahead is not None:
        block, ahead = ahead, next(parts, None)
        block = block if not block.overlap else _without(block, block.overlap)
        if left is not None:
            block, left = _together(left, block), None
        if ahead is not None:
            cut = _complete(block.text)
            left = _without(block, cut)
            block = _cut(block, cut)
        yield from walk.block(block)


def _cut(block: Block, size: int) -> Block:
    return block._replace(text=block.text[:size], utf8=None, owns=(0, size), overlap=0)


def _without(block: Block, size: int) -> Block:
    """The block without its first characters."""
    gone, text = block.text[:size], block.text[size:]
    breaks = gone.count("\n")
    column = size - gone.rfind("\n") if breaks else block.column + size
    return Block(text, None, block.offset + size, block.line + breaks, column, 0, (0, len(text)))


def _together(left: Block, block: Block) -> Block:
    text = left.text + block.text
    return left._replace(text=text, owns=(0, len(text)))


def _complete(text: str) -> int:
    """Where a tag, comment or script begins that the text does not end."""
    cut = len(text)
    for opening, closing in (
        ("<", ">"), ("<!--", "-->"), ("<![CDATA[", "]]>"), ("<script", "</script"), ("<SCRIPT", "</SCRIPT"),
        ("<style", "</style"),
    ):  # fmt: skip
        start = text.rfind(opening)
        if start >= 0 and text.find(closing, start) < 0:
            cut = min(cut, start)
    if cut == len(text) and not text.endswith("\n"):
        cut = text.rfind(">") + 1  # inside of a giant line: the text goes on
    return cut if len(text) - cut <= LARGEST else len(text)


@dataclass(slots=True)
class _Run:
    """A stretch of text with its anchor."""

    pieces: Pieces
    anchor: Anchor


@dataclass
class _Walk:
    """What is known while walking a document: the table row, headers, a label that waits for its value."""

    columns: list[str] | None = None
    cells: list[str] = field(default_factory=list)
    label: str | None = None
    tag: str = ""
    last: str = ""
    run: Pieces = field(default_factory=Pieces)
    main: Pieces = field(default_factory=Pieces)
    named: dict[str, list[_Run]] = field(default_factory=dict)

    def block(self, block: Block) -> Iterator[Segment]:
        """The segments of a block."""
        self.main, self.named, self.run = Pieces(), {}, Pieces()
        self._walk(block.text)
        self._end_run()
        lines = LineTable(block.text, block.line, block.column)
        if len(self.main):
            yield _segment([_Run(self.main, Anchor())], None, block, lines)
        for name, runs in self.named.items():
            yield _segment(runs, name or None, block, lines)

    def _walk(self, text: str) -> None:
        at, unclosed = 0, set[str]()
        while token := _TOKEN.search(text, at):
            start = token.start()
            if start > at:
                self.run.copy(text[at:start], at)
            at = token.end()
            opened = self._token(token)
            if opened not in _ENDS or opened in unclosed:
                continue
            end = _ENDS[opened].search(text, at)
            if end is None:  # nothing closes it from here on: what follows is text
                unclosed.add(opened)
                continue
            self._inside(opened, text[at : end.start()], at)
            at = end.end()
        if at < len(text):
            self.run.copy(text[at:], at)

    def _token(self, token: re.Match[str]) -> str:
        """Take in a tag or a reference; the name of what it opens."""
        close, tag, attributes = token.groups()
        if not tag:
            raw = token.group()
            if raw[0] == "&":
                _decode(self.run, raw, token.start())
            return raw.lower()
        tag = tag.lower()
        if tag not in _INLINE:
            self._end_run()
            self._structure(tag, bool(close))
        if attributes:
            self._attributes(attributes, token.start("attributes"))
        return "" if close else str(tag)

    def _inside(self, opened: str, text: str, start: int) -> None:
        """CDATA is running text; comments, scripts and styles are read on their own."""
        if opened.startswith("<!["):
            self.run.copy(text, start)
            return
        if not text.strip():
            return
        pieces = Pieces()
        pieces.copy(text, start)
        kind = "comment" if opened == "<!--" else "script"
        self.named.setdefault("", []).append(_Run(pieces, Anchor(kind=kind)))

    def _structure(self, tag: str, closing: bool) -> None:
        if tag in ("td", "th") and closing:
            self.cells.append(self.last)
        if tag in _CELLS or tag not in _KNOWN:
            self.tag = "" if closing else tag
        elif tag == "tr":
            if closing and self.columns is None and self.cells:
                self.columns = self.cells if len(self.cells) > 1 and all(map(_is_label, self.cells)) else []
            self.cells, self.label = [], None
        elif tag == "table":
            self.columns, self.cells, self.label = None, [], None

    def _end_run(self) -> None:
        """File the text since the last structural tag under its header, or with the running text."""
        run, self.run = self.run, Pieces()
        self.last = text = run.text().strip()
        if not text:
            return
        header, sure = self._header(text)
        if header:
            anchor = Anchor(kind="cell", column=header if sure else None)
            self.named.setdefault(header, []).append(_Run(run, anchor))
            return
        if len(self.main):
            self.main.stand_in("\n", run.source_start(0), run.source_start(0))
        self.main.append(run)

    def _header(self, text: str) -> tuple[str | None, bool]:
        """The column header, the label before, or the XML element's name; and whether it surely is a name."""
        waiting, self.label = self.label, None
        if self.tag == "td" and self.columns and len(self.cells) < len(self.columns):
            return self.columns[len(self.cells)], True
        if self.tag in ("td", "th", "dt", "label") and _is_label(text):
            self.label = text.rstrip(":： ")
            return (waiting if self.tag == "td" and text[-1] not in ":：" else None), False
        if waiting and len(text) < 200:
            return waiting, False
        return (self.tag if self.tag and self.tag not in _KNOWN else None), True

    def _attributes(self, text: str, begin: int) -> None:
        found = list(_ATTRIBUTE.finditer(text))
        own = {a[1].lower(): next(filter(None, a.groups()[1:]), "") for a in found}
        for attribute in found:
            index = attribute.lastindex or 2
            if not attribute[index]:
                continue
            name = attribute[1]
            if name.lower() in ("value", "content"):
                waiting, self.label = self.label, None
                name = waiting or own.get("placeholder") or own.get("name") or own.get("id") or name
            pieces = Pieces()
            _decode(pieces, attribute[index], begin + attribute.start(index))
            self.named.setdefault(name, []).append(
                _Run(pieces, Anchor(kind="attribute", column=attribute[1]))
            )
        self._strays(text, begin, [attribute.span() for attribute in found])

    def _strays(self, text: str, begin: int, taken: Sequence[tuple[int, int]]) -> None:
        """What a tag holds outside of its attributes' values: `<张三 13800138000>` is no tag, though it looks like one."""
        starts = [0, *(end for _, end in taken)]
        for start, end in zip(starts, [*(at for at, _ in taken), len(text)], strict=True):
            if _STRAY.search(text, start, end):
                pieces = Pieces()
                _decode(pieces, text[start:end], begin + start)
                self.named.setdefault("", []).append(_Run(pieces, Anchor(kind="attribute")))


def _is_label(text: str) -> bool:
    return len(text) <= _LABEL_LENGTH and not re.search(r"[0-9]{3}|@", text)


def _decode(pieces: Pieces, raw: str, start: int) -> None:
    """Text with its character references decoded."""
    if "&" not in raw:
        pieces.copy(raw, start)
        return
    from html import unescape

    at = 0
    for reference in _REFERENCE.finditer(raw):
        pieces.copy(raw[at : reference.start()], start + at)
        pieces.stand_in(unescape(reference.group()), start + reference.start(), start + reference.end())
        at = reference.end()
    pieces.copy(raw[at:], start + at)


def _segment(runs: list[_Run], header: str | None, block: Block, lines: LineTable) -> Segment:
    text = joined([run.pieces.text() for run in runs])
    return Segment(text, CellsLocator(text, lines, block.offset, partial(_cell, runs)), header)


def _cell(runs: list[_Run], index: int) -> Cell:
    run = runs[index]
    return Cell(run.pieces, run.anchor, _ESCAPES.get(run.anchor.kind, _text))


def _text(value: str, whole: bool) -> str:
    """A new value as text: only what would open a tag or a reference is written as a reference."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute_text(value: str, whole: bool) -> str:
    return _text(value, whole).replace('"', "&quot;").replace("'", "&#39;")


def _code(value: str, whole: bool) -> str:
    """Scripts and comments know no references: what could end them or a string in them is left out."""
    return re.sub("[<>\"'`\\\\]", "", value)


_ESCAPES = {"attribute": _attribute_text, "script": _code, "comment": _code}
