"""The HTML page opened by a browser, in light and dark: drawn to its end, no wider than the window, not blank."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pii_guard.cli import invoke
from pii_guard.errors import ExitCode
from tests.summary.results import document
from tests.summary.results import finding
from tests.summary.results import violation
from tests.summary.results import whole
from tests.summary.results import write

BROWSER = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()
DARK = "--blink-settings=preferredColorScheme=0"

pytestmark = pytest.mark.skipif(
    BROWSER is None,
    reason="NOT CHECKED: no chromium here, so nobody looked at the HTML report (apt install chromium)",
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    found = [
        finding(
            "MOBILE_PHONE",
            str(n),
            person=f"p-{n}",
            masked="138****0000",
            path="很长的路径/" * 12 + f"{n}.csv",
        )
        for n in range(30)
    ]
    docs = [document(), document("锁.zip", "unscanned", "encrypted")]
    source = write(tmp_path / "r.json", whole(found, [violation(), violation(severity="critical")], docs))
    target = tmp_path / "r.html"
    assert invoke(["report", str(source), "-o", str(target), "--isolated"]) is ExitCode.INCOMPLETE
    return target


def _browse(page: Path, *arguments: str) -> bytes:
    assert BROWSER is not None
    profile = f"--user-data-dir={page.parent / 'profile'}"
    command = [BROWSER, *QUIET, profile, *arguments, page.as_uri()]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout


@pytest.mark.parametrize(("arguments", "light"), [((), True), ((DARK,), False)], ids=["light", "dark"])
def test_it_is_drawn(page: Path, arguments: tuple[str, ...], light: bool) -> None:
    image = pytest.importorskip("PIL.Image")
    picture = page.parent / "page.png"
    _browse(page, *arguments, f"--screenshot={picture}", "--window-size=1000,1400")
    drawn = image.open(io.BytesIO(picture.read_bytes())).convert("L")
    pixels = drawn.histogram()
    assert drawn.size == (1000, 1400)
    assert (sum(pixels[192:]) > sum(pixels[:64])) is light
    assert sum(count > 50 for count in pixels) > 20  # text and colours, not a blank sheet


def test_the_browser_keeps_it_whole(page: Path) -> None:
    dom = _browse(page, "--dump-dom").decode()
    assert dom.count("<section") == 9
    assert dom.count("<svg") == 4  # two drawings, each for a page and for a telephone
    assert not re.search("<parsererror|chrome-error", dom)
