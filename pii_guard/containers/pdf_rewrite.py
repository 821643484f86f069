"""Redacting a PDF: page by page, then forms, annotations, strings, metadata and attached files."""

from __future__ import annotations

import io
from collections import Counter
from collections import defaultdict
from collections.abc import Sequence

import pikepdf
import pypdfium2
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from pii_guard.containers import ooxml
from pii_guard.containers import pdf_edit
from pii_guard.containers import pdf_objects
from pii_guard.containers import pdf_pages
from pii_guard.containers import picture_metadata
from pii_guard.containers.members import Find
from pii_guard.containers.members import Member
from pii_guard.containers.members import Replace
from pii_guard.containers.members import ask_again
from pii_guard.containers.members import note
from pii_guard.containers.members import rewrite_member
from pii_guard.containers.office import segment as joined_segment
from pii_guard.containers.pdf_glyphs import BROKEN
from pii_guard.containers.pdf_glyphs import PAGE
from pii_guard.containers.pdf_glyphs import UNKNOWN
from pii_guard.containers.pdf_glyphs import Glyph
from pii_guard.containers.pdf_glyphs import GlyphDevice
from pii_guard.containers.pdf_glyphs import PageText
from pii_guard.containers.pdf_glyphs import page_glyphs
from pii_guard.containers.pdf_shown import beside
from pii_guard.containers.places import PartLocator
from pii_guard.containers.slots import place
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

_UNREADABLE_FONTS = 0.2  # share of glyphs without a meaning that makes a page a picture
Box = tuple[float, float, float, float]


class _Run:
    """One PDF on its way: what pages ask of shared forms is gathered and done at the end."""

    def __init__(self, data: bytes, pdf: pikepdf.Pdf, replace: Replace) -> None:
        self.pdf, self.replace = pdf, replace
        self.parsed = PDFDocument(PDFParser(io.BytesIO(data)))
        self.manager = PDFResourceManager()
        self.shown = pdf_pages.opened(data)
        self.in_forms: defaultdict[int, set[Glyph]] = defaultdict(set)
        self.operators: dict[int, int] = {}
        self.as_pictures: list[int] = []


def rewritten(
    document: Document,
    data: bytes,
    pdf: pikepdf.Pdf,
    replace: Replace,
    *,
    find: Find,
    skipped: frozenset[str],
) -> bytes:
    """The whole file anew."""
    run = _Run(data, pdf, replace)
    try:
        for number, (page, target) in enumerate(
            zip(PDFPage.create_pages(run.parsed), pdf.pages, strict=True)
        ):
            _page(run, number, page, target)
    finally:
        run.shown.close()
    _beside(pdf, data, replace)
    _forms(run)
    pdf_objects.drop_private(pdf)
    _photographs(pdf, replace)
    _strings(pdf, replace)
    _xml(pdf, replace)
    for name, stream in pdf_objects.attached(pdf):
        old = stream.read_bytes()
        new = rewrite_member(document, Member(name, old), find, skipped, replace)
        if new != old:
            stream.write(new)
    if run.as_pictures:
        pages = "、".join(str(number) for number in run.as_pictures[:20])
        note(replace, f"第 {pages} 页无法逐字编辑，已转为图片 (pages turned into pictures)")
    if next(pdf_objects.earlier_revisions(data), None) is not None:
        note(replace, "修改历史（旧版本）已删除 (earlier revisions dropped)")
    out = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _page(run: _Run, number: int, page: PDFPage, target: pikepdf.Page) -> None:
    shown = run.shown[number]
    picture_boxes = _picture_boxes(run, number, shown)
    try:
        device = page_glyphs(page, run.manager)
    except BROKEN:
        return _by_picture(run, number, shown, target, picture_boxes)
    unknown = sum(glyph.text == UNKNOWN for glyph in device.glyphs)
    if picture_boxes or -1 in device.shown or unknown > _UNREADABLE_FONTS * max(20, len(device.glyphs)):
        return _by_picture(run, number, shown, target, picture_boxes)
    glyphs = _asked(run, device, number, shown)
    try:
        _edit_page(run, device, glyphs, target)
    except (pdf_edit.UnmatchedError, pikepdf.PdfError):
        _by_picture(run, number, shown, target, picture_boxes)


def _asked(run: _Run, device: GlyphDevice, number: int, shown: pypdfium2.PdfPage) -> list[Glyph]:
    """The glyphs to take out: by the order they are drawn in, and by the order pdfium reads them in."""
    text = PageText(device.glyphs)
    edits = run.replace(_segment(text.text, number))
    found = [glyph for edit in edits for glyph in text.glyphs(edit.start, edit.end)]
    done = Counter(_squeezed(text.text[edit.start : edit.end]) for edit in edits)
    layer = pdf_pages.Layer(shown)
    for edit in ask_again(run.replace, _segment(layer.text, number)):
        value = _squeezed(layer.text[edit.start : edit.end])
        if done[value]:
            done[value] -= 1
            continue
        boxes = layer.boxes(edit.start, edit.end)
        found += [glyph for glyph in device.glyphs if any(_covers(box, glyph.box) for box in boxes)]
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _covers(box: Box, glyph: Box) -> bool:
    """Whether the middle of a glyph lies in a box."""
    x, y = (glyph[0] + glyph[2]) / 2, (glyph[1] + glyph[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _edit_page(run: _Run, device: GlyphDevice, glyphs: Sequence[Glyph], target: pikepdf.Page) -> None:
    own = [glyph for glyph in glyphs if glyph.stream == PAGE]
    if own:
        content = pdf_edit.without(target, own, device.shown.get(PAGE, 0))
        target.obj.Contents = run.pdf.make_stream(content)
    for glyph in glyphs:
        if glyph.stream != PAGE:
            run.in_forms[glyph.stream].add(glyph)
            run.operators[glyph.stream] = device.shown[glyph.stream]
    if glyphs:
        target.contents_add(b"q\n", prepend=True)
        target.contents_add(b"\nQ\n" + pdf_edit.boxes(pdf_edit.merged(glyphs)))


def _segment(text: str, number: int) -> Segment:
    return Segment(text, PartLocator(Anchor("page", page=number + 1)))


def _picture_boxes(run: _Run, number: int, shown: pypdfium2.PdfPage) -> list[Box]:
    """Where the pictures of a page hold values, as far as OCR is installed."""
    if not pdf_pages.is_pictured(shown, len(pdf_pages.text_of(shown).strip())):
        return []
    try:
        read = pdf_pages.recognised(shown)
    except ImportError:
        note(run.replace, "有图片未做文字识别 (pictures not read): pip install 'pii-guard-cn[ocr]'")
        return []
    return _boxes(read, run.replace(_segment(read.text, number)))


def _boxes(read: pdf_pages.Shown, edits: Sequence[Edit]) -> list[Box]:
    return [box for edit in edits for box in read.boxes[edit.start : edit.end]]


def _by_picture(
    run: _Run, number: int, shown: pypdfium2.PdfPage, target: pikepdf.Page, boxes: list[Box]
) -> None:
    """The fallback: what pdfium and OCR find on the page, blacked in its picture."""
    layer = pdf_pages.Layer(shown)
    for edit in run.replace(_segment(layer.text, number)):
        boxes = [*boxes, *layer.boxes(edit.start, edit.end)]
    if not boxes and len(layer.text.strip()) < len(target.obj.get("/Annots", ())) + 20:
        try:
            read = pdf_pages.recognised(shown)
        except ImportError:
            note(run.replace, "有页面未做文字识别 (pages not read): pip install 'pii-guard-cn[ocr]'")
        else:
            boxes = _boxes(read, run.replace(_segment(read.text, number)))
    if boxes:
        pdf_pages.replaced_by_picture(run.pdf, target, shown, boxes)
        run.as_pictures.append(number + 1)


def _beside(pdf: pikepdf.Pdf, data: bytes, replace: Replace) -> None:
    """How annotations and fields look; one that shows a value is dropped and drawn anew by the viewer."""
    column = beside(pdf, data)
    if not column.texts:
        return
    dropped = [stream for stream, edits in column.edited(replace(column.segment())) if edits]
    for stream in dropped:
        stream.write(b"")
    if dropped and "/AcroForm" in pdf.Root:
        pdf.Root.AcroForm.NeedAppearances = True


def _photographs(pdf: pikepdf.Pdf, replace: Replace) -> None:
    for stream, data in pdf_objects.photographs(pdf):
        if any(replace(segment) for segment in picture_metadata.about(data)):
            stream.write(picture_metadata.without_metadata(data), filter=pikepdf.Name.DCTDecode)


def _forms(run: _Run) -> None:
    for objid, glyphs in run.in_forms.items():
        form = run.pdf.get_object(objid, 0)
        try:
            content = pdf_edit.without(form, glyphs, run.operators[objid])
        except pdf_edit.UnmatchedError:
            content = b""
            note(run.replace, "一个嵌套图形无法逐字编辑，已清空 (a form XObject was emptied)")
        form.write(content)


def _strings(pdf: pikepdf.Pdf, replace: Replace) -> None:
    for column in pdf_objects.columns(pdf):
        for text, edits in column.edited(replace(column.segment())):
            text.set(_edited(text.text, edits))


def _edited(text: str, edits: Sequence[Edit]) -> str:
    for edit in sorted(edits, key=lambda e: -e.start):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def _xml(pdf: pikepdf.Pdf, replace: Replace) -> None:
    for stream in pdf_objects.xml_streams(pdf):
        found = pdf_objects.xml_texts(stream)
        if found is None:
            text = stream.read_bytes().decode("utf-8", "replace")
            if replace(Segment(text, PartLocator(Anchor("property", "xml")))):
                stream.write(b"<x/>")
            continue
        root, texts = found
        touched = False
        for joined in texts:
            edits = replace(joined_segment(joined))
            touched = bool(edits and place(joined, edits)) or touched
        if touched:
            stream.write(ooxml.serialised(root))
