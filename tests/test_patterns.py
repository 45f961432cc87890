"""Kept patterns: they match as those compiled anew, and may be lost or spoilt."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

from ntm_repair import patterns as module
from ntm_repair.patterns import pattern

SOURCE = r"(?i)(?P<who>\p{L}+)\s*(?:xã|huyện)(?<=\w) ?(?P<n>\d{1,3})?"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("NTM_REPAIR_HOME", str(tmp_path))
    monkeypatch.setattr(module, "_new", {})
    module._known.cache_clear()
    yield tmp_path / "cache"
    module._known.cache_clear()


def again() -> None:
    """What the end of a process and the start of the next do."""
    module._keep_new()
    module._new.clear()
    module._known.cache_clear()


def test_a_kept_pattern_is_the_pattern(home: Path) -> None:
    made = pattern(SOURCE, regex.VERBOSE)
    again()
    kept = pattern(SOURCE, regex.VERBOSE)
    assert not module._new, "it was compiled again"
    assert kept is not made
    assert (kept.pattern, kept.flags, kept.groupindex) == (made.pattern, made.flags, made.groupindex)
    for text in ("Bình Xã 12", "bình huyện", "", "xã"):
        one, other = kept.search(text), made.search(text)
        assert (one and (one.span(), one.groupdict())) == (other and (other.span(), other.groupdict()))


def test_those_of_other_processes_stay(home: Path) -> None:
    pattern("a+")
    again()
    pattern("b+")
    again()
    pattern("a+")
    pattern("b+")
    assert not module._new


@pytest.mark.parametrize("spoil", [lambda b: b[:-1], lambda b: b"", lambda b: b + b"x"])
def test_a_spoilt_file_is_made_anew(home: Path, spoil: object) -> None:
    pattern(SOURCE)
    again()
    (path,) = home.glob("patterns-*.bin")
    assert callable(spoil)
    path.write_bytes(spoil(path.read_bytes()))
    assert pattern(SOURCE).search("Bình xã")
    assert module._new


@pytest.mark.parametrize("data", [(), (1, 2), ("a", 0, b"", 3)])
def test_data_of_no_pattern_is_made_anew(monkeypatch: pytest.MonkeyPatch, data: tuple[object, ...]) -> None:
    monkeypatch.setattr(module, "_new", {})
    monkeypatch.setattr(module, "_known", lambda: {("a+", 0): data})
    assert pattern("a+").fullmatch("aa")


def test_the_next_start_compiles_none_of_the_large_ones(home: Path) -> None:
    start = "import ntm_repair.commands.scan, ntm_repair.patterns as p; print(len(p._new))"
    first, second = (
        int(subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True).stdout)
        for _ in range(2)
    )
    assert first > 40
    assert second == 0
