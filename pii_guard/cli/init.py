"""`pii-guard init`: config, hook and CI files for a repository; what exists stays as it is."""

from __future__ import annotations

from pathlib import Path

import click

from pii_guard.config import FILE_NAME
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.gate import load as policies
from pii_guard.messages import choose

_TEMPLATES = Path(__file__).parent.parent / "data"
_CI = {
    "github": (".github/workflows/pii-guard.yml", "init-github.yml"),
    "gitlab": (".gitlab-ci.yml", "init-gitlab.yml"),
    "jenkins": ("Jenkinsfile", "init-jenkins.groovy"),
    "yunxiao": (".yunxiao/pii-guard.yml", "init-yunxiao.yml"),
    "gitee": (".workflow/pii-guard.yml", "init-gitee.yml"),
    "coding": (".coding-ci.yml", "init-coding.yml"),
}
_PRE_COMMIT = (".pre-commit-config.yaml", "init-pre-commit.yml")


@click.command("init", short_help="生成配置、提交钩子与 CI 文件")
@click.option("--preset", default="default", metavar="NAME", help=f"策略：{', '.join(policies.presets())}")
@click.option("--ci", multiple=True, type=click.Choice(sorted(_CI)), help="CI 平台，可多次给出")
@click.option("--hook", is_flag=True, help="也写 .pre-commit-config.yaml")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(preset: str, ci: tuple[str, ...], hook: bool, folder: Path) -> ExitCode:
    """在 FOLDER 里写配置与 CI 文件；已有的文件一律不动。"""
    if preset not in policies.presets():
        raise UsageError(f"没有策略 {preset}，可用: {', '.join(policies.presets())}")
    say = choose("auto")
    config = (_TEMPLATES / "init-config.yaml").read_text(encoding="utf-8").format(preset=preset)
    files = {FILE_NAME: config}
    for target, template in [*(_CI[name] for name in ci), *([_PRE_COMMIT] if hook else [])]:
        files[target] = (_TEMPLATES / template).read_text(encoding="utf-8")
    for name, text in files.items():
        click.echo(say("init.written" if _written(folder / name, text) else "init.kept", name))
    return ExitCode.OK


def _written(path: Path, text: str) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise UsageError(f"{path}: 无法写入（{error.strerror}）") from None
    return True
