"""docs/img/redact-pdf.png and redact-picture.png: a page and a picture, before and after a real redaction.

    python -m tools.make_redaction [FONT]

FONT is a Chinese TrueType font; the default is where Debian puts fonts-wqy-zenhei.  Needs the extras docs and ocr, and
reportlab.  All persons and numbers are invented.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import PIL.Image
from PIL import ImageDraw
from PIL import ImageFont
from PIL.Image import Image

from pii_guard.config import Settings as ScanSettings
from pii_guard.model import Document
from pii_guard.redact import Redactor
from pii_guard.redact import Settings
from pii_guard.redact import redact_bytes
from pii_guard.scanner import Scanner

TARGET = Path(__file__).parent.parent / "docs" / "img"
FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
LETTER = (
    (18, "客户投诉处理单"), (11, "工单编号：TS-20260115-0042　　受理：2026-01-15 10:24"), (11, ""),
    (11, "客户姓名：张晓梅　　联系电话：13800138000"), (11, "证件号码：330106191903070048"),
    (11, "联系地址：杭州市西湖区文三路128号3幢1单元502室"), (11, ""),
    (11, "客户反映 1 月 12 日购买的电饭煲内胆有划痕，要求更换。坐席已核对订单，"),
    (11, "商品在七天无理由退换期内，金额 399.00 元，原路退回尾号所示银行卡："),
    (11, "6222 0000 0000 0000 005（户名张晓梅）。"), (11, ""),
    (11, "处理意见：同意换货，由仓库在两个工作日内寄出，寄出后短信通知客户。"), (11, "回访要求：收货后三天内电话回访一次，记录满意度。"),
)  # fmt: skip
CARD = (
    (60, 60, "姓名", 28), (160, 54, "张晓梅", 38), (60, 135, "性别", 28), (160, 130, "女", 34), (300, 135, "民族", 28),
    (400, 130, "汉", 34), (60, 210, "出生", 28), (160, 205, "1919", 34), (270, 210, "年", 28), (320, 205, "3", 34),
    (360, 210, "月", 28), (410, 205, "7", 34), (450, 210, "日", 28), (60, 290, "住址", 28), (160, 285, "杭州市西湖区文三路", 34),
    (160, 335, "128号3幢1单元502室", 34), (60, 540, "公民身份号码", 28), (330, 526, "330106191903070048", 52),
)  # fmt: skip


def letter(font: str) -> bytes:
    """A page of a PDF."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Chinese", font))
    out = io.BytesIO()
    canvas, y = Canvas(out, (480, 330), invariant=1), 295
    for size, text in LETTER:
        canvas.setFont("Chinese", size)
        canvas.drawString(36, y, text)
        y -= 34 if size > 11 else 20
    canvas.line(36, 284, 444, 284)
    canvas.save()
    return out.getvalue()


def card(font: str) -> bytes:
    """A drawn identity card, as a PNG."""
    picture = PIL.Image.new("RGB", (1010, 638), "#dfe8ee")
    draw = ImageDraw.Draw(picture)
    for x, y, text, size in CARD:
        draw.text((x, y), text, font=ImageFont.truetype(font, size), fill="#222222")
    draw.ellipse((722, 110, 852, 270), fill="#a0a8b0")
    draw.pieslice((667, 280, 907, 540), 180, 360, fill="#a0a8b0")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def redacted(data: bytes, name: str) -> bytes:
    """What `pii-guard redact` makes of it; proven clean, or nothing."""
    document = Document(name, lambda: io.BytesIO(data), len(data))
    outcome, clean = redact_bytes(document, Redactor(Settings()), Scanner(ScanSettings()).hits)
    if clean is None:
        raise SystemExit(f"{name}: {outcome.reason} {outcome.problems}")
    return clean


def shown(data: bytes, width: int) -> Image:
    """A picture, or the first page, in a width."""
    import pypdfium2

    if data.startswith(b"%PDF"):
        picture: Image = pypdfium2.PdfDocument(data)[0].render(scale=3).to_pil()
    else:
        picture = PIL.Image.open(io.BytesIO(data))
    return picture.convert("RGB").resize((width, picture.height * width // picture.width), PIL.Image.Resampling.LANCZOS)


def side_by_side(before: bytes, after: bytes, width: int, font: str) -> Image:
    """Both under their captions."""
    pictures = [shown(data, width) for data in (before, after)]
    height = pictures[0].height
    sheet = PIL.Image.new("RGB", (2 * width + 48, height + 64), "#f0f1f3")
    draw = ImageDraw.Draw(sheet)
    for number, (picture, caption) in enumerate(zip(pictures, ("原件 before", "脱敏后 after"), strict=True)):
        x = 16 + number * (width + 16)
        draw.text((x, 14), caption, font=ImageFont.truetype(font, 22), fill="#444444")
        sheet.paste(picture, (x, 48))
        draw.rectangle((x - 1, 47, x + width, 48 + height), outline="#b8bcc2")
    return sheet


def main() -> int:
    """Draw both."""
    font = sys.argv[1] if len(sys.argv) > 1 else FONT
    for name, data, width in (("pdf", letter(font), 720), ("picture", card(font), 560)):
        sheet = side_by_side(data, redacted(data, f"a.{'pdf' if name == 'pdf' else 'png'}"), width, font)
        sheet.quantize(24, dither=PIL.Image.Dither.NONE).save(TARGET / f"redact-{name}.png", optimize=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
