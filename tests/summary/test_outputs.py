"""The four outputs: complete, masked, inert, readable by those who read such files."""

from __future__ import annotations

import html
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pii_guard.cli import invoke
from pii_guard.errors import ExitCode
from pii_guard.messages import Messages
from pii_guard.policy import citations
from pii_guard.policy import load
from pii_guard.summary import outputs
from pii_guard.summary.blocks import Badge
from pii_guard.summary.blocks import Bars
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import HeatMap
from pii_guard.summary.blocks import Page
from pii_guard.summary.blocks import Signatures
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from tests.summary.results import document
from tests.summary.results import finding
from tests.summary.results import violation
from tests.summary.results import whole
from tests.summary.results import write

ZH = Messages("zh-CN")
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "[x](javascript:alert(1)) | a | **b**",
    "a\x00\x1b[31m\u202eb\ud800",
    "{n} {} %s",
]


def text_of(name: str, data: bytes) -> str:
    """All text of an output, as a reader of such files sees it."""
    if name == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = (c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)
        return "\n".join([*book.sheetnames, *(str(cell.value) for cell in cells)])
    if name == "docx":
        docx = pytest.importorskip("docx")
        made = docx.Document(io.BytesIO(data))
        cells = (c.text for table in made.tables for row in table.rows for c in row.cells)
        return "\n".join([*(p.text for p in made.paragraphs), *cells])
    text = data.decode()
    return html.unescape(re.sub("<[^>]*>", "\n", text)) if name == "html" else re.sub(r"\\(.)", r"\1", text)


def made(tmp_path: Path, result: dict[str, object], name: str, *more: str) -> tuple[ExitCode, str]:
    """The report of a result: exit code and text."""
    source, target = write(tmp_path / "r.json", result), tmp_path / f"out.{name}"
    code = invoke(["report", str(source), "-o", str(target), "--date", "2026-01-02", "--isolated", *more])
    return code, text_of(name, target.read_bytes())


def _page(text: str) -> Page:
    badge = Badge(text, "high")
    blocks = (
        Text(text, "alarm"),
        Bars(text, (text, text), ((text, 3),)),
        HeatMap(text, text, (badge,), ((text, (1,)),)),
        Table(text, (text, text, text), (1, 1, 1), [(text, 1, badge)]),
        Signatures((text, text), (text,)),
    )
    return Page(text, text, "zh-CN", text, (Chapter("one", "章", blocks),))


@pytest.mark.parametrize("name", outputs.names())
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_every_chapter_is_there(tmp_path: Path, name: str, lang: str) -> None:
    result = whole([finding("QQ", "1", person="p-1")], [violation(grade="M")])
    code, text = made(tmp_path, result, name, "--lang", lang)
    assert code is ExitCode.OK
    say = Messages(lang)
    for chapter in ("overview", "people", "channels", "articles", "figures", "files", "measures", "gaps", "sign"):
        assert say(f"summary.{chapter}") in text
    assert say("summary.grade.M") in text
    assert say("summary.disclaimer") in text
    if lang == "en":
        assert "级别" not in text


@pytest.mark.parametrize("name", outputs.names())
@pytest.mark.parametrize(
    "result",
    [
        whole(documents=[document(), document("b.zip", "unscanned", "encrypted", "有密码")]),
        whole(documents=[]),
        whole(unscanned=1),
    ],
    ids=["unscanned", "nothing", "cut"],
)
def test_incomplete_never_reads_as_clean(tmp_path: Path, name: str, result: dict[str, object]) -> None:
    code, text = made(tmp_path, result, name)
    assert code is ExitCode.INCOMPLETE
    assert ZH("summary.sign.incomplete") in text
    assert ZH("summary.clean", files=1) not in text
    assert ZH("summary.gaps.none", files=1) not in text


@pytest.mark.parametrize("name", outputs.names())
def test_clean_is_said_of_what_was_scanned(tmp_path: Path, name: str) -> None:
    code, text = made(tmp_path, whole(), name)
    assert code is ExitCode.OK
    assert ZH("summary.clean", files=1) in text


@pytest.mark.parametrize("name", outputs.names())
def test_comparison(tmp_path: Path, name: str) -> None:
    old = write(
        tmp_path / "old.json", whole([finding("QQ", "1", masked="A*"), finding("QQ", "2", masked="B*")])
    )
    _, text = made(tmp_path, whole([finding("QQ", "1", masked="A*")]), name, "--compare", str(old))
    for kind in ("remaining", "fixed"):
        assert ZH(f"summary.change.{kind}") in text
    assert "B*" in text
    _, text = made(tmp_path, whole([finding("QQ", "1", key="x")], keyed=False), name, "--compare", str(old))
    assert ZH("summary.keys.ephemeral") in text
    assert ZH("summary.change.fixed") not in text


@pytest.mark.parametrize("name", outputs.names())
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_can_be_written(tmp_path: Path, name: str, text: str) -> None:
    one = finding("QQ", "1", path=text, masked=text, person="p-1") | {"entity_type": text}
    result = whole(
        [one],
        [violation(message=text, remedy=text, path=text)],
        [document(text), document(text, "unscanned", text, text)],
    )
    code, _ = made(tmp_path, result, name)
    assert code is ExitCode.INCOMPLETE


@pytest.mark.parametrize("text", HOSTILE[:-2], ids=range(len(HOSTILE) - 2))
def test_workbook_holds_no_formula(text: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(outputs.write("xlsx", _page(text))))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert cells
    assert {c.data_type for c in cells} <= {"s", "n"}
    assert not [c for c in cells if c.hyperlink or re.match(r"\s*[=+\-@＝＋－＠]", str(c.value))]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [
            value or "" for name, value in attrs if name in ("href", "src", "xlink:href", "action")
        ]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize("text", HOSTILE[:-2], ids=range(len(HOSTILE) - 2))
def test_page_is_inert_and_fetches_nothing(text: str) -> None:
    data = outputs.write("html", _page(text)).decode()
    seen = _Tags()
    seen.feed(data)
    assert not seen.tags & {"script", "link", "img", "iframe", "object", "form", "base", "image"}
    assert [link for link in seen.links if not link.startswith("#")] == []
    assert seen.handlers == []
    styles = "".join(re.findall(r"<style>(.*?)</style>", data, re.DOTALL))
    assert "url(" not in styles
    assert "@import" not in styles
    for part in ("prefers-color-scheme:dark", "@media print", "PingFang SC"):
        assert part in styles


@pytest.mark.parametrize("text", HOSTILE[:2] + HOSTILE[8:9])
def test_markdown_is_inert(text: str) -> None:
    written = outputs.write("md", _page(text)).decode()
    assert "<script" not in written
    assert "<img" not in written
    assert "](" not in written


def test_tables_are_cut_on_pages_and_whole_in_the_workbook() -> None:
    rows = [(f"row-{n}.", n) for n in range(50)]
    table = Table("t", ("a", "b"), (1, 1), rows, 10, "另有 {n} 项")
    page = Page("t", "s", "zh-CN", "f", (Chapter("one", "c", (table,)),))
    for name in outputs.names():
        text = text_of(name, outputs.write(name, page))
        assert text.count("row-") == (50 if name == "xlsx" else 10)
        assert ("另有 40 项" in text) is (name != "xlsx")


CHINESE = re.compile("[\u3400-\u9fff]")


@pytest.mark.parametrize("name", outputs.names())
def test_english_of_a_result_made_in_chinese(tmp_path: Path, name: str) -> None:
    otp = finding("OTP", "1", masked="[已删除:OTP]", person="p-1")
    mark = [str(otp["fingerprint"])]
    law = [{"id": "PBOC5-28", "article": "中国人民银行金融消费者权益保护实施办法 28（待核）", "grade": "M"}]
    clue = violation("CH7-WAYBILL", evidence=mark, message="面单未屏蔽", remedy="屏蔽") | {"law": law}
    docs = [document(), document("b.zip", "unscanned", "encrypted", "有密码 (encrypted)")]
    _, text = made(tmp_path, whole([otp, finding("QQ", "2", person="p-1")], [clue], docs), name, "--lang", "en")
    assert "[removed:OTP]" in text
    assert "about 1 person;" in text
    assert "[unverified]" in text
    assert [line for line in text.split("\n") if CHINESE.search(line)] == []


@pytest.mark.parametrize("name", outputs.names())
@pytest.mark.parametrize(("lang", "options"), [("zh-CN", ()), ("en", ()), ("zh-CN", ("--on-duty",))])
def test_figures_of_the_law(tmp_path: Path, name: str, lang: str, options: tuple[str, ...]) -> None:
    cards = [finding("BANK_CARD", str(n), line=n, person=f"p-{n}") for n in range(30)]
    _, text = made(tmp_path, whole([*cards, finding("WAYBILL_NUMBER", "w")]), name, "--lang", lang, *options)
    say, on_duty = Messages(lang), bool(options)
    score = "1.20" if on_duty else "0.60"
    assert say(f"summary.criminal.{'serious' if on_duty else 'below'}", score=score) in text
    assert say(f"summary.duty.{'on' if on_duty else 'off'}") in text
    assert say("summary.incident.none", people=30) in text
    assert say("summary.hours", n=72) in text
    for told in ("PBOC5-28", "EXPR-34"):
        assert told not in text  # named by their titles
    assert ("快递暂行条例 34" if lang != "en" else "Express Delivery (Decree 697) 34") in text
    assert "C2" in text


def test_on_duty_is_remembered_by_the_result(tmp_path: Path) -> None:
    result = whole([finding("BANK_CARD", "1")], indicators={"on_duty": True})
    assert ZH("summary.duty.on") in made(tmp_path, result, "md")[1]
    assert ZH("summary.duty.off") in made(tmp_path, result, "md", "--no-on-duty")[1]


@pytest.mark.parametrize("name", outputs.names())
def test_channels_with_consequences_and_advice(tmp_path: Path, name: str) -> None:
    _, text = made(tmp_path, whole([], [violation("CH7-WAYBILL")]), name)
    assert "无用单据要撕碎" in text
    assert "账号密码要加密" not in text


def test_the_most_exposed_are_told_by_place(tmp_path: Path) -> None:
    found = [
        finding(kind, f"{kind}{n}", line=n, masked="王**", person=f"p-{n}")
        for n in range(1, 9)
        for kind in ("PERSON", "QQ")
    ]
    _, text = made(tmp_path, whole(found), "md")
    assert [f"a.csv:{n} |" in text for n in range(1, 9)] == [True] * 8


def test_heads_of_long_tables_stay_in_sight() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    rows = [(f"row-{n}.", n) for n in range(50)]
    badge = Badge("低", "low")
    heat = HeatMap("h", "c", (badge,) * 5, (("CH1", (1, 0, 2, 0, 3)),))
    long, wide = Table("t", ("a", "b"), (1, 1), rows), Table("u", ("a",) * 5, (10, 10, 10, 10, 60), [("x",) * 5])
    page = Page("t", "s", "zh-CN", "f", (Chapter("one", "c", (heat, long, wide)),))
    book = openpyxl.load_workbook(io.BytesIO(outputs.write("xlsx", page)))
    drawn, listed, *_ = book.worksheets
    assert drawn.column_dimensions["E"].width < 20
    assert listed.freeze_panes
    centred = {cell.alignment.horizontal for row in drawn.iter_rows(min_row=5) for cell in row[1:] if cell.value is not None}
    assert centred == {"center"}


def test_signatures_stay_with_their_heading() -> None:
    docx = pytest.importorskip("docx")
    page = Page("t", "s", "zh-CN", "f", (Chapter("s", "签收", (Text("说明"), Signatures(("a", "b", "c", "d", "e"), ("r",)))),))
    made_ = docx.Document(io.BytesIO(outputs.write("docx", page)))
    (told,) = (p for p in made_.paragraphs if p.text == "说明")
    assert told.paragraph_format.keep_with_next


def test_english_articles_are_punctuated_in_english() -> None:
    said = [text for law in citations(load(), "en").values() for text in [law.article]]
    assert [text for text in said if re.search("[、，。（）]", text)] == []
