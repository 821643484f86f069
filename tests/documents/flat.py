"""Flat OpenDocument files (one XML file): what LibreOffice turns into docx, xlsx and pptx with its own writers.

They hold what python-docx, openpyxl and python-pptx cannot write: notes, text boxes, tracked changes, fields,
cached formula values, hidden rows.
"""

from __future__ import annotations

from tests.documents.planting import Garden

_SPACES = 'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" ' + " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("meta", "meta"), ("svg", "svg-compatible"), ("presentation", "presentation"), ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.'
)
_PAGE = (
    '<office:automatic-styles><style:page-layout style:name="pm"><style:page-layout-properties '
    'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/>'
    '<style:header-style/><style:footer-style/></style:page-layout>'
    '<style:style style:name="g" style:family="graphic"/>'
    '<style:style style:name="hide" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style></office:automatic-styles>"
)


def _meta(garden: Garden) -> str:
    return (
        f"<office:meta><dc:title>{garden.name('title')}</dc:title><dc:subject>{garden.phone('subject')}</dc:subject>"
        f"<meta:initial-creator>{garden.name('creator')}</meta:initial-creator>"
        f'<meta:user-defined meta:name="客户">{garden.phone("custom property")}</meta:user-defined></office:meta>'
    )


def _box(text: str, style: str = "") -> str:
    return (
        f'<draw:frame draw:style-name="g" {style} svg:x="1cm" svg:y="1cm" svg:width="8cm" svg:height="2cm">'
        f"<draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"
    )


def text_document(garden: Garden) -> bytes:
    """A letter: split spans, notes, comment, text box, tracked changes, table, header, footer, link."""
    split, gone = garden.phone("split spans"), garden.phone("deleted")
    boxed, anchored = f"框内 {garden.phone('text box')}", 'text:anchor-type="paragraph"'
    return (
        f'{_HEAD}text">{_meta(garden)}{_PAGE}'
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">'
        f"<style:header><text:p>页眉 {garden.phone('header')}</text:p></style:header>"
        f"<style:footer><text:p>页脚 {garden.name('footer')}</text:p></style:footer>"
        "</style:master-page></office:master-styles><office:body><office:text>"
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
        f"<dc:creator>{garden.name('reviser')}</dc:creator><dc:date>2026-01-02T03:04:05</dc:date>"
        f"</office:change-info><text:p>{gone}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        f"<text:h text:outline-level='1'>回访记录 {garden.name('heading')}</text:h>"
        f"<text:p>客户来电，号码 {split[:3]}<text:span>{split[3:8]}</text:span>{split[8:]}，其余文字保持不变。</text:p>"
        f"<text:p>旧号<text:change text:change-id='c1'/>作废。"
        f"<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>"
        f"<text:p>脚注 {garden.phone('footnote')}</text:p></text:note-body></text:note>"
        f"<text:note text:note-class='endnote'><text:note-citation>i</text:note-citation><text:note-body>"
        f"<text:p>尾注 {garden.phone('endnote')}</text:p></text:note-body></text:note></text:p>"
        f"<text:p><office:annotation><dc:creator>{garden.name('commenter')}</dc:creator>"
        f"<dc:date>2026-01-02T03:04:05</dc:date><text:p>批注 {garden.phone('comment')}</text:p></office:annotation>正文</text:p>"
        f"<text:p>框：{_box(boxed, anchored)}</text:p>"
        f"<text:p><text:a xlink:type='simple' xlink:href='tel:{garden.phone('hyperlink')}'>致电</text:a></text:p>"
        "<table:table table:name='t'><table:table-column table:number-columns-repeated='2'/><table:table-row>"
        "<table:table-cell><text:p>姓名</text:p></table:table-cell><table:table-cell><text:p>电话</text:p></table:table-cell>"
        f"</table:table-row><table:table-row><table:table-cell><text:p>{garden.name('cell')}</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{garden.phone('cell phone')}</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>以上内容由系统生成，仅供内部核对，请勿外传。</text:p>"
        "</office:text></office:body></office:document>"
    ).encode()


def _cell(value: object, formula: str = "") -> str:
    kind = 'float" office:value' if isinstance(value, int) else 'string" office:string-value'
    formula = f' table:formula="{formula}"' if formula else ""
    return f'<table:table-cell office:value-type="{kind}="{value}"{formula}><text:p>{value}</text:p>'


def spreadsheet(garden: Garden) -> bytes:
    """A workbook: typed numbers, a formula with its cached value, comment, hidden sheet, header, text box."""
    name, phone = garden.name("cell"), garden.phone("cell phone")
    end = "</table:table-cell>"
    comment = (
        f"<office:annotation><dc:creator>{garden.name('commenter')}</dc:creator><text:p>{garden.phone('comment')}"
        "</text:p></office:annotation>"
    )
    return (
        f'{_HEAD}spreadsheet">{_meta(garden)}{_PAGE}'
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="pm">'
        f"<style:header><text:p>{garden.phone('page header')}</text:p></style:header></style:master-page>"
        "</office:master-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="{garden.name("sheet title")}账单"><table:table-column/>'
        f"<table:table-row>{_cell('姓名')}{end}{_cell('电话')}{end}{_cell('备注')}{end}</table:table-row>"
        f"<table:table-row>{_cell(name)}{comment}{end}{_cell(int(phone))}{end}{_cell('其余不变')}{end}</table:table-row>"
        f"<table:table-row>{_cell(garden.phone('cached text'), 'of:=[.B5]&amp;&quot;&quot;')}{end}"
        f"{_cell(int(phone), 'of:=[.B2]')}{end}</table:table-row>"
        f'<table:table-row table:visibility="collapse">{_cell(garden.phone("hidden row"))}{end}</table:table-row>'
        f"<table:table-row>{_cell('')}{end}{_cell(garden.values['cached text'])}{end}</table:table-row></table:table>"
        f'<table:table table:name="隐藏" table:style-name="hide"><table:table-row>{_cell(int(garden.phone("hidden sheet")))}'
        f"{end}</table:table-row></table:table></office:spreadsheet></office:body></office:document>"
    ).encode()


def slides(garden: Garden) -> bytes:
    """A deck: a title in spans, a table, notes, a name of a shape, a comment."""
    split = garden.phone("split spans")
    named = f'draw:name="{garden.name("shape name")}"'
    notes = (
        '<presentation:notes><draw:frame presentation:class="notes" svg:x="2cm" svg:y="14cm" svg:width="15cm" '
        f'svg:height="9cm"><draw:text-box><text:p>备注 {garden.phone("notes")}</text:p></draw:text-box></draw:frame>'
        "</presentation:notes>"
    )
    return (
        f'{_HEAD}presentation">{_meta(garden)}{_PAGE}'
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="pm">'
        f"{_box('母版 ' + garden.phone('master'))}</style:master-page></office:master-styles>"
        '<office:body><office:presentation><draw:page draw:name="p1" draw:master-page-name="Default">'
        f"{_box(f'客户 {split[:4]}<text:span>{split[4:]}</text:span>，其余文字保持不变')}"
        f"{_box('名单', named)}"
        f"<office:annotation><dc:creator>{garden.name('commenter')}</dc:creator><dc:date>2026-01-02T03:04:05</dc:date>"
        f"<text:p>{garden.phone('comment')}</text:p></office:annotation>"
        f"{notes}</draw:page></office:presentation></office:body></office:document>"
    ).encode()
