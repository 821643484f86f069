"""Mail: headers, bodies in every charset and transfer encoding, names of attachments, attachments, mails in
mails.
"""

from __future__ import annotations

import base64
import email
import email.policy
import email.utils
import io
import zipfile
from email.message import EmailMessage
from urllib.parse import quote

import docx
import openpyxl
import pytest

from pii_guard.formats import eml
from pii_guard.formats import mbox
from tests.documents.planting import Garden
from tests.documents.planting import document
from tests.documents.planting import found
from tests.documents.planting import redacted


def _zip(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return out.getvalue()


def _built(garden: Garden) -> bytes:
    inner = EmailMessage()
    inner["Subject"] = f"转发 {garden.phone('inner subject')}"
    inner.set_content(f"内层 {garden.phone('inner body')}\n", charset="utf-8", cte="base64")
    mail = EmailMessage()
    mail["Subject"] = f"工单 {garden.name('subject')} {garden.phone('subject phone')}"
    mail["From"] = f"{garden.name('from')} <a@example.com>"
    mail["To"] = f"{garden.name('to')} <b@example.com>, 丙 <c@example.com>"
    mail["X-Customer"] = garden.phone("own header")
    mail.set_content(f"您好 {garden.phone('plain')}\n其余不变\n", charset="gb2312")
    html = garden.phone("html")
    body = f"<p>电话<b>{html[:5]}</b>{html[5:]}</p>"
    mail.add_alternative(body, subtype="html", charset="gb18030", cte="quoted-printable")
    table = f"姓名,电话\n{garden.name('csv')},{garden.phone('csv phone')}\n".encode("gb18030")
    mail.add_attachment(table, maintype="text", subtype="csv", filename=f"{garden.name('file name')}.csv")
    packed = _zip("内.txt", garden.phone("zip in mail"))
    mail.add_attachment(packed, maintype="application", subtype="zip", filename="附件.zip")
    mail.add_attachment(inner)
    return mail.as_bytes()


def _everything(data: bytes) -> str:
    """A mail read by the standard library's other policy."""
    texts = [data.decode("utf-8", "ignore"), data.decode("gb18030", "ignore")]
    for part in email.message_from_bytes(data, policy=email.policy.default).walk():
        texts += [str(value) for value in part.values()]
        texts.append(str(part.get_filename()))
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            texts += [
                payload.decode("utf-8", "ignore"),
                payload.decode("gb18030", "ignore").replace("<b>", ""),
            ]
            if payload[:2] == b"PK":
                archive = zipfile.ZipFile(io.BytesIO(payload))
                texts += [archive.read(name).decode() for name in archive.namelist()]
    return "\n".join(texts).replace("</b>", "").replace("<b>", "")


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_every_place_is_found_and_cleaned(ends: bytes) -> None:
    garden = Garden()
    data = _built(garden).replace(b"\n", ends)
    assert set(garden.values.values()) - found(eml, data, "a.eml") == set()
    result, problems = redacted(eml, data, "a.eml")
    text = _everything(result.data)
    assert [place for place, value in garden.values.items() if value in text] == []
    assert problems == []
    assert result.data.count(ends) == result.data.count(b"\n")


def test_the_rest_is_kept() -> None:
    garden = Garden()
    result, _ = redacted(eml, _built(garden), "a.eml")
    mail = email.message_from_bytes(result.data, policy=email.policy.default)
    assert mail["To"].addresses[0].addr_spec == "b@example.com"
    assert mail["To"].addresses[0].display_name == "测**"
    assert mail["Subject"].startswith("工单 测** 139****")
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines()[1] == "其余不变"
    assert body.get_content_charset() == "gb2312"
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names[:2] == ["测＊＊.csv", "附件.zip"]


def test_a_mail_without_findings_keeps_its_bytes() -> None:
    odd = b"Subject: x\nFrom: a\tb\n  c\nContent-Type: multipart/mixed\n\nno boundary \xc4\xe3\n--\n"
    result, _ = redacted(eml, odd, "a.eml")
    assert result.data == odd
    assert eml.rewrite(document(odd, "a.eml"), lambda segment: ()) == odd


def test_raw_and_wrongly_declared_chinese() -> None:
    garden = Garden()
    text = f"旺旺喆镕 {garden.phone('body')}"
    data = (
        b"From: " + f"{garden.name('raw header')}".encode("gb18030") + b" <a@b.c>\r\n"
        b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + text.encode("gbk") + b"\r\n"
    )
    result, problems = redacted(eml, data, "a.eml")
    assert "旺旺喆镕 139****".encode("gbk") in result.data
    assert garden.values["raw header"].encode("gb18030") not in result.data
    assert problems == []


def test_a_replacement_the_charset_cannot_hold_changes_the_charset() -> None:
    garden = Garden()
    data = f"Content-Type: text/plain; charset=us-ascii\n\ncall {garden.phone('a')}\n".encode()
    result, _ = redacted(eml, data, "a.eml", operator="tag")
    mail = email.message_from_bytes(result.data, policy=email.policy.default)
    assert "[手机号_1]" in mail.get_content()


def test_base64_bodies_stay_base64() -> None:
    garden = Garden()
    body = base64.encodebytes(f"电话 {garden.phone('a')}".encode())
    data = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + body
    result, problems = redacted(eml, data, "a.eml")
    mail = email.message_from_bytes(result.data, policy=email.policy.default)
    assert mail.get_content().startswith("电话 139****")
    assert problems == []


def test_a_mailbox_is_its_mails() -> None:
    garden = Garden()
    first, second = _built(garden), _built(garden)
    data = b"From a@b Mon Jan  1 00:00:00 2026\n" + first + b"\nFrom c@d Mon Jan  1 00:00:00 2026\n" + second
    assert set(garden.values.values()) - found(mbox, data, "a.mbox") == set()
    result, problems = redacted(mbox, data, "a.mbox")
    assert not any(value in _everything(result.data) for value in garden.values.values())
    assert result.data.count(b"\nFrom c@d") == 1
    assert problems == []


def test_what_stands_around_the_parts() -> None:
    garden = Garden()
    data = (
        "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        f"前言 {garden.phone('preamble')}\n--b\nContent-Type: text/plain\n\nx\n--b--\n后记 {garden.phone('epilogue')}\n"
    ).encode()
    assert found(eml, data, "a.eml") == set(garden.values.values())
    result, problems = redacted(eml, data, "a.eml")
    assert problems == []
    expected = data.decode().replace(garden.values["preamble"], "139****0000").replace(garden.values["epilogue"], "139****0001")
    assert result.data.decode() == expected


def test_two_names_of_one_attachment() -> None:
    garden = Garden()
    quoted = [quote(garden.name(place)) for place in ("type", "disposition")]
    data = (
        f"From: a@example.com\nMIME-Version: 1.0\nContent-Type: application/octet-stream; name*=utf-8''{quoted[0]}.bin\n"
        f"Content-Disposition: attachment; filename*0*=utf-8''{quoted[1]}; filename*1*=.bin\n"
        "Content-Transfer-Encoding: base64\n\neA==\n"
    ).encode()
    assert found(eml, data, "a.eml") == set(garden.values.values())
    result, problems = redacted(eml, data, "a.eml")
    assert problems == []
    mail = email.message_from_bytes(result.data)
    names = [email.utils.collapse_rfc2231_value(mail.get_param(*where)) for where in (("name",), ("filename", None, "Content-Disposition"))]
    assert names == ["测＊＊.bin", "测＊＊.bin"]


def test_a_soft_line_end_does_not_break_a_value() -> None:
    garden = Garden()
    value = garden.phone("a")
    data = (
        "From: a@example.com\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: quoted-printable\n\ntel {value[:5]}=\n{value[5:]} end\n"
    ).encode()
    assert found(eml, data, "a.eml") == {value}
    result, problems = redacted(eml, data, "a.eml")
    assert problems == []
    assert email.message_from_bytes(result.data).get_payload(decode=True) == b"tel 139****0000 end\n"


def test_attached_documents_are_redacted_and_stay_documents() -> None:
    garden = Garden()
    mail = EmailMessage()
    mail["From"] = "a@example.com"
    mail.set_content("x")
    document_, book, out, sheet = docx.Document(), openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    document_.add_paragraph(f"电话 {garden.phone('docx')}")
    document_.save(out)
    book.active.append(["电话", int(garden.phone("xlsx"))])
    book.save(sheet)
    for data, name in ((out, "a.docx"), (sheet, "a.xlsx")):
        mail.add_attachment(data.getvalue(), maintype="application", subtype="octet-stream", filename=name)
    assert found(eml, mail.as_bytes(), "a.eml") == set(garden.values.values())
    result, problems = redacted(eml, mail.as_bytes(), "a.eml")
    assert problems == []
    parts = [part.get_payload(decode=True) for part in email.message_from_bytes(result.data).walk() if part.get_filename()]
    assert docx.Document(io.BytesIO(parts[0])).paragraphs[0].text == "电话 139****0000"
    assert openpyxl.load_workbook(io.BytesIO(parts[1])).active["B1"].value == "139****0001"
