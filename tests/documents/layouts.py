"""Pictures as customers send them: an identity card, a bank card, a waybill, a chat; all values invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PIL import Image
from PIL import ImageDraw
from PIL import ImageFont

Field = tuple[str, str]  # entity type, value


class Layout(NamedTuple):
    """A picture and what it shows."""

    picture: Image.Image
    fields: tuple[Field, ...]


Font = Callable[[int], ImageFont.FreeTypeFont]


def identity_card(font: Font) -> Layout:
    """Front of a resident identity card: labels and values apart, the address over two rows."""
    picture = Image.new("RGB", (1010, 638), "#dfe8ee")
    draw = ImageDraw.Draw(picture)
    for x, y, text, size in (
        (60, 60, "姓名", 28), (160, 54, "张晓梅", 38), (60, 135, "性别", 28), (160, 130, "女", 34), (300, 135, "民族", 28),
        (400, 130, "汉", 34), (60, 210, "出生", 28), (160, 205, "1919", 34), (270, 210, "年", 28), (320, 205, "3", 34),
        (360, 210, "月", 28), (410, 205, "7", 34), (450, 210, "日", 28), (60, 290, "住址", 28),
        (160, 285, "杭州市西湖区文三路", 34), (160, 335, "128号3幢1单元502室", 34),
        (60, 540, "公民身份号码", 28), (330, 526, "330106191903070048", 52),
    ):  # fmt: skip
        draw.text((x, y), text, font=font(size), fill="#222222")
    draw.ellipse((700, 130, 900, 400), fill="#a0a8b0")
    return Layout(
        picture,
        (
            ("PERSON", "张晓梅"), ("BIRTH_DATE", "1919年3月7日"), ("ADDRESS", "杭州市西湖区文三路128号3幢1单元502室"),
            ("RESIDENT_ID", "330106191903070048"),
        ),
    )  # fmt: skip


def bank_card(font: Font) -> Layout:
    """A bank card: the number in groups of four, the holder in capitals."""
    picture = Image.new("RGB", (860, 540), "#7a1f1f")
    draw = ImageDraw.Draw(picture)
    for x, y, text, size in (
        (60, 40, "某某银行 储蓄卡", 40), (80, 250, "6222 0000 0000 0000 005", 52), (80, 350, "VALID THRU 09/31", 28),
        (80, 420, "持卡人 王建国", 36),
    ):  # fmt: skip
        draw.text((x, y), text, font=font(size), fill="#f2e9d8")
    return Layout(picture, (("BANK_CARD", "6222000000000000005"), ("PERSON", "王建国")))


def waybill(font: Font) -> Layout:
    """A courier's label: sender and receiver, small print."""
    picture = Image.new("RGB", (800, 640), "white")
    draw = ImageDraw.Draw(picture)
    for x, y, text, size in (
        (40, 30, "运单号 SF1390013900139", 32), (40, 130, "收", 40), (110, 125, "李文静 13900139001", 28),
        (110, 165, "江苏省南京市鼓楼区中山路18号12楼", 26), (40, 290, "寄", 40), (110, 285, "陈志强 13900139002", 24),
        (110, 320, "广东省深圳市南山区科技园路5号", 24), (40, 440, "物品：日用品  重量：1.2kg  件数：1", 22),
    ):  # fmt: skip
        draw.text((x, y), text, font=font(size), fill="black")
    draw.rectangle((20, 20, 780, 620), outline="black", width=3)
    draw.line((20, 260, 780, 260), fill="black", width=2)
    draw.line((20, 410, 780, 410), fill="black", width=2)
    return Layout(
        picture,
        (
            ("WAYBILL_NUMBER", "SF1390013900139"), ("PERSON", "李文静"), ("MOBILE_PHONE", "13900139001"),
            ("ADDRESS", "江苏省南京市鼓楼区中山路18号12楼"), ("PERSON", "陈志强"), ("MOBILE_PHONE", "13900139002"),
            ("ADDRESS", "广东省深圳市南山区科技园路5号"),
        ),
    )  # fmt: skip


def chat(font: Font) -> Layout:
    """A chat on a phone: bubbles left and right, one message over two lines."""
    picture = Image.new("RGB", (750, 900), "#ededed")
    draw = ImageDraw.Draw(picture)
    for y, left, lines in (
        (80, True, ["您好，请提供收货人信息"]), (200, False, ["周雨晴，电话13900139003"]),
        (320, False, ["地址：成都市锦江区红星路三段", "16号2栋801室"]), (490, True, ["身份证号也需要登记"]),
        (610, False, ["510104191811150025"]), (730, False, ["邮箱 yuqing.zhou@example.com"]),
    ):  # fmt: skip
        width = max(font(28).getlength(line) for line in lines)
        x = 90 if left else 660 - width
        draw.rounded_rectangle((x - 20, y - 18, x + width + 20, y + 42 * len(lines)), 12, fill="white" if left else "#95ec69")
        for number, line in enumerate(lines):
            draw.text((x, y + 42 * number), line, font=font(28), fill="#191919")
    return Layout(
        picture,
        (
            ("PERSON", "周雨晴"), ("MOBILE_PHONE", "13900139003"), ("ADDRESS", "成都市锦江区红星路三段16号2栋801室"),
            ("RESIDENT_ID", "510104191811150025"), ("EMAIL_ADDRESS", "yuqing.zhou@example.com"),
        ),
    )  # fmt: skip


LAYOUTS = (identity_card, bank_card, waybill, chat)
