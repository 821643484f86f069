"""Values whose label is the name of their column, in a table or an SQL statement that stands in a text.

`cust|acct_no|bal` above `张三|0302018409300071625|18300.00`, a table in Markdown, and
`INSERT INTO t(name,birthday) VALUES ('李四','1986-02-27')`, `WHERE qq IN ('10001','10002')`.  Asked only of words
that stand between two marks.
"""

from __future__ import annotations

from collections.abc import Iterator

from pii_guard.patterns import lazy

_MARKS = "|\t,"
BESIDE = frozenset("|\t,\n(`\"[ .")
BEHIND = frozenset("|\t,\n\r)`\"] ")
_MOST_ROWS = 2000
_LONGEST, _LONGEST_ROW = 400, 4000  # characters of a line of names, of another
_STATEMENT = lazy(r"(?i:insert|replace)\s+(?i:into)\s+[^\s(]{1,80}\s{0,3}\Z")
_VALUES = lazy(r"\)\s{0,8}(?i:values?)\s{0,8}(?=\()")
_COMPARED = lazy(r"[`\")\]]?\s{1,3}(?i:(?:not\s{1,3})?(?:in\s{0,3}(\()|like\s{1,3}))")
_FORM = lazy(r"[nN]?'%?([^'%\n]{1,80})%?'")
_ROW = lazy(r"\s{0,8}\(")
_FIELD = lazy(r"""\s{0,8}[nN]?(?:'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|[^,()'"]*(?:\([^()]*\)[^,()'"]*)?)\s{0,8}""")
_NAME = lazy(r"[^0-9，。；：？！]{1,24}")
_RULED = lazy(r"[\s|:\-]+")
_WRAPPED = " \t'\"`"


def may_be_named(text: str, start: int, end: int) -> bool:
    """Whether a word stands where the name of a column may stand."""
    return text[end : end + 1] in BEHIND and (not start or text[start - 1] in BESIDE)


def cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Begin and end of each value under the name text[start:end]; none where it is no column's."""
    spans = _compared(text, end) or _inserted(text, start, end) or _tabled(text, start, end)
    return (_unwrapped(text, first, last) for first, last in spans)


def _unwrapped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in _WRAPPED or text[start : start + 2] in ("N'", "n'")):
        start += 1
    while start < end and text[end - 1] in _WRAPPED:
        end -= 1
    return start, end


def _compared(text: str, end: int) -> list[tuple[int, int]]:
    """The values that a column is compared with: a list, or a form of which `%` is no part."""
    found = _COMPARED.match(text, end)
    if found is None:
        return []
    if found[1]:
        return _fields(text, found.end())[1]
    form = _FORM.match(text, found.end())
    return [form.span(1)] if form else []


def _inserted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The values in the rows of a statement, by the place of the name in its list."""
    opened = text.rfind("(", max(0, start - _LONGEST), start)
    if opened < 0 or not _STATEMENT.search(text, max(0, opened - 100), opened):
        return []
    closed = text.find(")", end, end + _LONGEST)
    rows = _VALUES.match(text, closed) if closed >= 0 else None
    if rows is None:
        return []
    spans: list[tuple[int, int]] = []
    place, at = text.count(",", opened, start), rows.end()
    while len(spans) < _MOST_ROWS and (row := _ROW.match(text, at)) is not None:
        at, fields = _fields(text, row.end())
        if place < len(fields):
            spans.append(fields[place])
        if text[at : at + 2] not in ("),", ") "):
            break
        at = text.find(",", at, at + 8) + 1 or len(text)
    return spans


def _fields(text: str, at: int) -> tuple[int, list[tuple[int, int]]]:
    """The values of a row, and where it ends."""
    fields = []
    while (field := _FIELD.match(text, at)) is not None:
        fields.append(field.span())
        at = field.end()
        if text[at : at + 1] != ",":
            break
        at += 1
    return at, fields


def _tabled(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells beneath the name in the lines with as many marks as its own, which is the first of them."""
    first, last = _line_begin(text, start), _line_end(text, end)
    if last - first > _LONGEST:
        return
    names = text[first:last]
    mark = next((mark for mark in _MARKS if mark in names), "")
    count = names.count(mark) if mark else 0
    if count < 2 or (first and text.count(mark, _line_begin(text, first - 1), first) == count):
        return
    if not all(map(_is_name, names.strip(mark + " \r").split(mark))):
        return
    place = text.count(mark, first, start)
    for _ in range(_MOST_ROWS):
        first, last = last + 1, _line_end(text, last + 1)
        if first >= len(text) or text.count(mark, first, last) != count:
            return
        if not _RULED.fullmatch(text, first, last):
            yield _cell(text, first, last, mark, place)


def _line_begin(text: str, at: int) -> int:
    """Where the line of a place begins, or is too long for a line of names."""
    low = max(0, at - _LONGEST - 1)
    found = text.rfind("\n", low, at)
    return low if found < 0 else found + 1


def _line_end(text: str, at: int) -> int:
    """Where the line ends, or is too long for a row."""
    found = text.find("\n", at, at + _LONGEST_ROW)
    return min(len(text), at + _LONGEST_ROW) if found < 0 else found


def _is_name(cell: str) -> bool:
    return _NAME.fullmatch(cell.strip()) is not None


def _cell(text: str, first: int, last: int, mark: str, place: int) -> tuple[int, int]:
    for _ in range(place):
        first = text.index(mark, first) + 1
    end = text.find(mark, first, last)
    return first, (last if end < 0 else end) - (text[last - 1 : last] == "\r" and end < 0)
