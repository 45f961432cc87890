"""What the documents say is so: every command and option is there, every setting, and the examples run."""

from __future__ import annotations

import doctest
import re
import runpy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import ntm_repair.api
from ntm_repair.cli import app
from ntm_repair.config import KEYS, SCAN_FORMATS, read

DOCS = Path(__file__).parents[1] / "docs"
COMMANDS = (DOCS / "commands.md").read_text("utf-8")


def commands(command: Any = None, name: str = "") -> Iterator[tuple[str, Any]]:
    command = command or get_command(app)
    if name:
        yield name.strip(), command
    for sub, its in getattr(command, "commands", {}).items():
        yield from commands(its, f"{name} {sub}")


def section(name: str) -> str:
    """What commands.md has under the heading of a command (of the first word of its name)."""
    found = re.search(rf"^## ntm-repair {name.split()[0]}\n(.*?)(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
    assert found, f"docs/commands.md has no section for {name}"
    return found[1]


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_a_command_and_its_options_are_documented(name: str) -> None:
    command = dict(commands())[name]
    said = section(name)
    assert len(name.split()) == 1 or name in said
    for parameter in command.params:
        if parameter.param_type_name != "option" or parameter.name == "help":
            continue
        for option in (*parameter.opts, *parameter.secondary_opts):
            assert re.search(rf"`[^`\n]*(?<![\w-]){re.escape(option)}(?![\w-])", said), f"{name} {option}"
        assert parameter.help, f"{name} {parameter.name} has no help text"


def test_options_of_the_program_itself_are_documented() -> None:
    for parameter in get_command(app).params:
        for option in parameter.opts:
            assert f"`{option}`" in COMMANDS, option


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_no_option_is_documented_that_is_not_there(name: str) -> None:
    known = {option for _, c in commands() for p in c.params for option in (*p.opts, *p.secondary_opts)}
    assert set(re.findall(r"`(--[\w-]+)", section(name))) <= known


def test_every_setting_is_documented_with_a_value_that_is_valid(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (DOCS / "config.md").read_text("utf-8"), re.DOTALL)
    assert set(tomllib.loads(example)) == set(KEYS)
    (tmp_path / "ntm-repair.toml").write_text(example, "utf-8")
    assert set(read(tmp_path / "ntm-repair.toml")) == set(KEYS)


@pytest.mark.parametrize("format", SCAN_FORMATS)
def test_every_format_of_a_report_is_documented(format: str) -> None:
    assert f"`{format}`" in section("scan")


def test_the_examples_of_the_interface_run() -> None:
    assert doctest.testmod(ntm_repair.api).failed == 0
    assert doctest.testfile(str(DOCS / "api.md"), module_relative=False, encoding="utf-8").failed == 0
    for name in ntm_repair.__all__:
        assert getattr(ntm_repair, name) is not None


def test_the_page_of_rules_is_what_the_rules_say() -> None:
    tool = runpy.run_path(str(DOCS.parent / "tools" / "rules_page.py"))
    assert (DOCS / "rules.md").read_text("utf-8") == tool["page"](), "run: python tools/rules_page.py"
