"""Every glyph a PDF page shows, with the operator that shows it: what redaction removes is exactly that.

pdfminer.six interprets fonts and graphics state; this device keeps for each glyph its text, its box in the
page's user space, and where it stands: content stream, number of the text-showing operator, element,
position.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from struct import error as StructError  # noqa: N812 - an exception by its kind
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral
from pdfminer.psparser import literal_name
from pdfminer.utils import MATRIX_IDENTITY
from pdfminer.utils import mult_matrix

from pii_guard.named import NamedTuple

PAGE = 0  # the key of the page's own content; forms go by their object number
UNKNOWN = "\ufffd"
BROKEN = (  # what pdfminer raises on fonts and contents it cannot read
    PSException,
    StructError,
    KeyError,
    TypeError,
    ValueError,
    IndexError,
    AttributeError,
    AssertionError,
    ZeroDivisionError,
)
_GAP = 0.35  # of the font size: more is a blank
_LINE = 0.6


class Glyph(NamedTuple):
    """One shown character code."""

    text: str
    box: tuple[float, float, float, float]
    along: tuple[float, float]  # where it begins and ends on its base line
    across: float  # how far its base line is from the origin
    direction: tuple[float, float]
    size: float
    stream: int
    operator: int
    element: int
    position: int
    advance: float  # in thousandths of the font size, as a TJ number
    codes: tuple[bytes, ...]  # all codes of its element


class Interpreter(PDFPageInterpreter):
    """Counts text-showing operators and knows which stream it is in."""

    stream = PAGE
    following: int | None = None

    def execute(self, streams: Sequence[object]) -> None:
        self.shown = -1
        super().execute(streams)

    def do_TJ(self, seq: Any) -> None:  # noqa: N802 - pdfminer calls it so; operands are of any type
        self.shown += 1
        device = self.device
        assert isinstance(device, GlyphDevice)
        device.at = self.stream, self.shown
        super().do_TJ(seq)
        device.shown[self.stream] = max(device.shown.get(self.stream, 0), self.shown + 1)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        found = self.xobjmap.get(literal_name(xobjid_arg)) if isinstance(xobjid_arg, PSLiteral) else None
        self.following = found.objid if isinstance(found, PDFStream | PDFObjRef) else None
        super().do_Do(xobjid_arg)

    def dup(self) -> PDFPageInterpreter:
        inner = super().dup()
        assert isinstance(inner, Interpreter)
        inner.stream = -1 if self.following is None else self.following
        return inner


class GlyphDevice(PDFTextDevice):
    """Collects glyphs."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.glyphs: list[Glyph] = []
        self.shown: dict[int, int] = {}
        self.at = PAGE, 0

    def begin_figure(self, name: str, bbox: object, matrix: object) -> None:
        """Forms are entered without ceremony."""

    def end_figure(self, name: str) -> None:
        """Nothing was begun."""

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        font = textstate.font
        if font is None:
            return
        matrix = mult_matrix(textstate.matrix, self.ctm or MATRIX_IDENTITY)
        pen = _Pen(textstate, matrix)
        for element, shown in enumerate(seq):
            if isinstance(shown, int | float):
                pen.kern(shown)
            elif isinstance(shown, bytes):
                self._element(font, pen, element, shown)
        textstate.linematrix = pen.x, pen.y

    def _element(self, font: PDFFont, pen: _Pen, element: int, shown: bytes) -> None:
        cids = list(font.decode(shown))
        codes = _codes(font, shown, len(cids))
        for index, cid in enumerate(cids):
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = UNKNOWN
            blank = len(cids) == len(shown) and shown[index] == 32
            box, along, advance = pen.step(font.char_width(cid), blank=blank)
            stream, operator = self.at
            self.glyphs.append(
                Glyph(
                    text, box, along, pen.across, pen.direction, pen.height,
                    stream, operator, element, index, advance, codes,
                )
            )  # fmt: skip


class _Pen:
    """Where text is written: moves as glyphs and kerns move it."""

    def __init__(self, state: Any, matrix: tuple[float, float, float, float, float, float]) -> None:
        self.x, self.y = state.linematrix
        self._state, self._matrix, self._font = state, matrix, state.font
        self._scale = 1.0 if self._font.is_vertical() else state.scaling * 0.01
        a, b, c, d, _, _ = matrix
        length = (a * a + b * b) ** 0.5 or 1.0
        self.direction = round(a / length, 3), round(b / length, 3)
        self.height = abs(state.fontsize) * ((c * c + d * d) ** 0.5 or 1.0)
        self.across = 0.0

    def kern(self, amount: float) -> None:
        self._move(-amount * 0.001 * self._state.fontsize * self._scale)

    def step(
        self, width: float, *, blank: bool
    ) -> tuple[tuple[float, float, float, float], tuple[float, float], float]:
        """Box of the glyph, its stretch of the base line, and the pen moved past it."""
        state, size = self._state, self._state.fontsize
        shift = width * size
        advance = shift + state.charspace + (state.wordspace if blank else 0)
        if self._font.is_vertical():
            corners = (self.x - size / 2, self.y), (self.x + size / 2, self.y + shift)
        else:
            low = self.y + state.rise + self._font.get_descent() * size
            corners = (self.x, low), (self.x + shift * self._scale, low + size)
        box = _bounds(self._matrix, corners)
        begin = self._on_line()
        self._move(advance * self._scale)
        return box, (begin, self._on_line()), -advance * 1000 / size if size else 0.0

    def _move(self, distance: float) -> None:
        if self._font.is_vertical():
            self.y += distance
        else:
            self.x += distance

    def _on_line(self) -> float:
        a, b, c, d, e, f = self._matrix
        x, y = a * self.x + c * self.y + e, b * self.x + d * self.y + f
        u, v = self.direction
        if self._font.is_vertical():
            self.across = x * u + y * v
            return float(x * v - y * u)
        self.across = y * u - x * v
        return float(x * u + y * v)


def _bounds(
    matrix: tuple[float, float, float, float, float, float], corners: tuple[tuple[float, float], ...]
) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = matrix
    (x0, y0), (x1, y1) = corners
    points = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((x0, y0), (x1, y1), (x0, y1), (x1, y0))]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _codes(font: PDFFont, shown: bytes, count: int) -> tuple[bytes, ...]:
    """A string cut into its character codes."""
    if count == len(shown):
        return tuple(shown[i : i + 1] for i in range(count))
    if 2 * count == len(shown):
        return tuple(shown[i : i + 2] for i in range(0, len(shown), 2))
    codes, start = [], 0
    for end in range(1, len(shown) + 1):  # a mixed CMap: the shortest prefix that is one character
        if end - start <= 4 and len(list(font.decode(shown[start:end]))) == 1:
            codes.append(shown[start:end])
            start = end
    return tuple(codes)


def page_glyphs(page: PDFPage, manager: PDFResourceManager) -> GlyphDevice:
    """All glyphs of a page in user space, its forms' included."""
    device = GlyphDevice(manager)
    interpreter = Interpreter(manager, device)
    interpreter.render_contents(page.resources, page.contents, ctm=MATRIX_IDENTITY)
    return device


def form_glyphs(form: PDFStream, manager: PDFResourceManager) -> GlyphDevice:
    """All glyphs of a form that no page draws itself: what an annotation looks like."""
    device = GlyphDevice(manager)
    interpreter = Interpreter(manager, device)
    interpreter.stream = form.objid or -1
    resources = form.get("Resources")
    interpreter.render_contents(_resolved(resources), [form], ctm=MATRIX_IDENTITY)
    return device


def _resolved(resources: Any) -> Any:
    from pdfminer.pdftypes import dict_value

    return dict_value(resources) if resources is not None else {}


class PageText:
    """Glyphs as running text: blanks and line ends where the page has them, and the way back to glyphs."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        parts: list[str] = []
        self._glyph_at: list[Glyph | None] = []
        last: Glyph | None = None
        for glyph in glyphs:
            gap = _gap(last, glyph) if last is not None else ""
            for text, source in ((gap, None), (glyph.text, glyph)):
                parts.append(text)
                self._glyph_at.extend([source] * len(text))
            last = glyph
        self.text = "".join(parts)

    def glyphs(self, start: int, end: int) -> Iterator[Glyph]:
        """The glyphs of a span."""
        seen: Glyph | None = None
        for glyph in self._glyph_at[start:end]:
            if glyph is not None and glyph is not seen:
                seen = glyph
                yield glyph


def _gap(last: Glyph, glyph: Glyph) -> str:
    """What stands between two glyphs: nothing, a blank, or a line end."""
    same_element = (last.stream, last.operator, last.element) == (glyph.stream, glyph.operator, glyph.element)
    if same_element or last.text.isspace() or glyph.text.isspace():
        return "" if same_element or _on_one_line(last, glyph) else "\n"
    if not _on_one_line(last, glyph):
        return "\n"
    distance = glyph.along[0] - last.along[1]
    if distance < -2 * last.size:
        return "\n"
    return " " if distance > _GAP * max(last.size, glyph.size) else ""


def _on_one_line(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size, 0.1)
    return last.direction == glyph.direction and abs(last.across - glyph.across) < _LINE * size
