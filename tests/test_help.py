"""Help as a person reads it, in both languages."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_is_described_in_a_line_that_fits(language: str) -> None:
    environment = {**os.environ, "NTM_REPAIR_LANG": language, "COLUMNS": "80"}
    for group in ("", "lexicon", "decisions", "allow"):
        command = [sys.executable, "-m", "ntm_repair", *group.split(), "--help"]
        page = subprocess.run(command, capture_output=True, env=environment, check=True).stdout.decode()
        commands = page.partition("Commands:")[2].strip().splitlines()
        assert len(commands) > 2, page
        for line in commands:
            assert not line.endswith("..."), line
            assert len(line.split()) > 2, line


def test_arguments_are_named_without_doubled_brackets() -> None:
    for command in ("rule", "scan", "config show", "lexicon learn", "lexicon check"):
        arguments = [sys.executable, "-m", "ntm_repair", *command.split(), "--help"]
        page = subprocess.run(arguments, capture_output=True, check=True).stdout.decode()
        assert "[[" not in page, page
        assert "...]" not in page, page
