"""What the pages say is so: examples run, commands exist, links lead somewhere, generated pages are fresh."""

from __future__ import annotations

import doctest
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from pii_guard.cli import main
from pii_guard.errors import ExitCode
from pii_guard.report import formats
from tools import generate

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])


def names(paths: list[Path]) -> list[str]:
    """Test names."""
    return [str(path.relative_to(ROOT)) for path in paths]


def blocks(path: Path, language: str) -> Iterator[str]:
    """The fenced blocks of a language."""
    yield from re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_python_examples_run(name):
    result = doctest.testfile(str(ROOT / name), module_relative=False, encoding="utf-8")
    assert result.attempted > 1
    assert result.failed == 0


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_links_lead_somewhere(path):
    prose = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose)
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_commands_and_options_exist(path):
    for line in "".join(blocks(path, "bash")).splitlines():
        for command in re.findall(r"pii-guard (?!cn)[^|&;]*", line.partition(" #")[0]):
            check_command(shlex.split(command)[1:], line)


def check_command(words: list[str], line: str) -> None:
    """A subcommand and its options are known."""
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None, line
        command = found
    known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)}
    used = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    assert used <= known | {"--help", "--version", "-h", "-V"}, line


def test_hooks_of_the_readme_exist():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    offered = {hook["id"] for hook in hooks}
    for page in (README, ROOT / "README.en.md"):
        (snippet,) = blocks(page, "yaml")
        used = {hook["id"] for repo in yaml.safe_load(snippet)["repos"] for hook in repo["hooks"]}
        assert used == offered


def test_exit_codes_of_the_readme():
    for page in (README, ROOT / "README.en.md"):
        rows = re.findall(r"^\| (\d+) \|", page.read_text(encoding="utf-8"), re.M)
        assert [int(row) for row in rows] == sorted(ExitCode)


def test_outputs_of_the_readme():
    listed = re.search(r"输出格式：`([a-z0-9 -]+)`", README.read_text(encoding="utf-8"))
    assert listed
    assert sorted(listed[1].split()) == sorted(formats())


def test_extras_of_the_readme():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = re.findall(r"^\| `([a-z]+)` \|[^|]*\|[^|]*\|$", README.read_text(encoding="utf-8"), re.M)
    assert set(rows) == set(project["optional-dependencies"]) - {"all", "dev"}


def test_generated_pages_are_up_to_date(capsys):
    assert generate.main(["--check"]) == 0, capsys.readouterr().err
