"""Seeded documents for `benchmarks.documents`: Word, Excel, PDF, mails, pictures, full of invented personal data."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from benchmarks import corpora

SEED = 20261121


def word(path: Path) -> int:
    """4,000 paragraphs, every fourth with values, some in runs of their own; returns the paragraphs."""
    import docx

    r, document = random.Random(SEED), docx.Document()
    for number in range(4000):
        paragraph = document.add_paragraph(r.choice(corpora.PROSE))
        if number % 4 == 0:
            mobile = corpora.mobile(r)
            for text in (f"电话{mobile[:3]}", mobile[3:7], f"{mobile[7:]}，身份证号", corpora.resident_id(r)):
                paragraph.add_run(text)
    document.save(str(path))
    return 4000


def workbook(path: Path) -> int:
    """50,000 rows of five columns, numbers typed as numbers; returns the cells."""
    import xlsxwriter

    r = random.Random(SEED)
    with xlsxwriter.Workbook(str(path)) as book:  # shared strings, as Excel writes them
        sheet = book.add_worksheet("客户")
        sheet.write_row(0, 0, ["姓名", "手机", "身份证号", "金额", "备注"])
        for number in range(1, 50_000):
            mobile, identity = int(corpora.mobile(r)), corpora.resident_id(r)
            row = (corpora.name(r), mobile, identity, r.randrange(10**6) / 100, r.choice(corpora.CUSTOMER))
            sheet.write_row(number, 0, row)
    return 250_000


def pages(path: Path) -> int:
    """100 pages of 60 lines with two values each: 12,000 to take out; returns the pages."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    r, canvas = random.Random(SEED), Canvas(str(path))
    for _ in range(100):
        canvas.setFont("STSong-Light", 9)
        for line in range(60):
            text = f"客户来电{corpora.mobile(r)}，证件{corpora.resident_id(r)}，{r.choice(corpora.CUSTOMER)[:16]}"
            canvas.drawString(40, 810 - 13 * line, text)
        canvas.showPage()
    canvas.save()
    return 100


def mails(path: Path) -> int:
    """A mailbox of 1,000 mails, a third with a table attached; returns the mails."""
    r, out = random.Random(SEED), io.BytesIO()
    for number in range(1000):
        mail = EmailMessage()
        mail["Subject"] = f"工单{number} {corpora.name(r)}"
        mail["From"] = f"{corpora.name(r)} <u{number}@example.com>"
        mail.set_content(f"您好，请联系{corpora.mobile(r)}。\n" + "\n".join(r.choices(corpora.CUSTOMER, k=20)), charset="gb18030")
        if number % 3 == 0:
            rows = "\n".join(f"{corpora.name(r)},{corpora.mobile(r)}" for _ in range(30))
            mail.add_attachment(f"姓名,手机\n{rows}\n".encode("gb18030"), maintype="text", subtype="csv", filename="名单.csv")
        out.write(b"From a@example.com Mon Jan  5 00:00:00 2026\n" + mail.as_bytes() + b"\n")
    path.write_bytes(out.getvalue())
    return 1000


def pictures(path: Path) -> int:
    """A folder of 20 screenshots, 900 by 640; returns the pictures."""
    from PIL import Image
    from PIL import ImageDraw
    from PIL import ImageFont

    r, font = random.Random(SEED), ImageFont.load_default(28)
    path.mkdir()
    for number in range(20):
        picture = Image.new("RGB", (900, 640), "white")
        draw = ImageDraw.Draw(picture)
        for line in range(10):
            draw.text((30, 30 + 60 * line), f"order {number}-{line} call {corpora.mobile(r)} before noon", font=font, fill="black")
        picture.save(path / f"{number:02}.png")
    return 20


MAKE: dict[str, tuple[str, str, Callable[[Path], int]]] = {  # kind -> file, unit, maker
    "docx": ("a.docx", "段 paragraphs", word),
    "xlsx": ("a.xlsx", "格 cells", workbook),
    "pdf": ("a.pdf", "页 pages", pages),
    "mbox": ("a.mbox", "封 mails", mails),
    "pictures": ("pictures", "张 pictures", pictures),
}
