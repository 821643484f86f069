"""Which stretches of a text the network reads."""

from __future__ import annotations

from pii_guard.detect.person import find
from pii_guard.detect.person.model import language
from pii_guard.detect.person.model import windows

SURNAMES = "王李张刘陈杨" * 20


def test_touching_places_share_a_window() -> None:
    text = "昨天下午王建国和李晓梅把快递都取走了，后来没有人来过"
    assert windows(text, [4, 8]) == [(0, 19)]


def test_a_window_stops_at_breaks() -> None:
    assert windows("好的。昨天王建国来过；谢谢", [5]) == [(3, 11)]


def test_windows_stay_short_in_a_text_without_breaks() -> None:
    text = "王建国来" * 200
    assert max(end - start for start, end in windows(text, range(len(text)))) <= 80


def test_mere_surnames_are_no_language() -> None:
    assert not language(SURNAMES, (0, 80), range(len(SURNAMES)))
    assert language(SURNAMES, (0, 80), range(0, len(SURNAMES), 2))
    assert len(find(SURNAMES)) < len(SURNAMES) // 20  # the short rest behind the last full window


def test_a_list_of_names_is() -> None:
    names = "、".join(["王建国", "李晓梅", "张志强", "刘雪琴", "陈大明"] * 6)
    assert len(find(names)) == 30
