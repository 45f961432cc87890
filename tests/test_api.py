"""The Python interface says what was given wrongly, as the command line does, and changes nothing then."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

import ntm_repair
from ntm_repair.accept import Accept
from ntm_repair.errors import EXIT_USAGE

CAPTION = "Bà con thôn Khe Sơn góp công làm đường"
TEXT = f"Sáng nay xã khởi công đường mới.\n\n{CAPTION}\n\n{CAPTION}\n\nĐường dài hai cây số."
"""An exact repeat of a caption, which is safe to delete unasked."""


@pytest.mark.parametrize("accept", ["None", "NONE", "", "all", 5, ["safe"]], ids=repr)
def test_an_unknown_level_is_an_error_and_not_another_level(accept: Any) -> None:
    for ask in (
        lambda: ntm_repair.repair(TEXT, accept=accept),
        lambda: ntm_repair.repair_text(TEXT, accept),
        lambda: ntm_repair.repair_texts([TEXT], accept),  # said before the first text is asked for
        lambda: Accept(accept),
    ):
        with pytest.raises(ntm_repair.UsageError, match=r"must be none \| safe \| review") as error:
            ask()
        assert error.value.exit_code == EXIT_USAGE
        assert repr(accept) in str(error.value)


@pytest.mark.parametrize("sure", [-0.1, 1.5, "1", None, True], ids=repr)
def test_a_confidence_that_is_none_is_an_error(sure: Any) -> None:
    with pytest.raises(ntm_repair.UsageError, match="min_confidence"):
        ntm_repair.repair_text(TEXT, "review", sure)


def test_levels_do_what_they_say() -> None:
    assert ntm_repair.repair(TEXT, accept="none").text == TEXT
    assert ntm_repair.repair(TEXT, accept=Accept("none")).text == TEXT
    assert ntm_repair.repair(TEXT, accept="safe").text.count(CAPTION) == 1


@pytest.mark.parametrize("kind", [str, Path])
def test_a_log_that_is_not_there_is_said(tmp_path: Path, kind: type) -> None:
    missing = kind(tmp_path / "typo.jsonl")
    with pytest.raises(ntm_repair.UsageError, match=r"typo\.jsonl: no such file or folder; check the path"):
        ntm_repair.repair(TEXT, decisions=missing)


@pytest.mark.parametrize("text", [None, b"x", 5], ids=repr)
def test_what_is_no_text_is_a_type_error(text: Any) -> None:
    for ask in (ntm_repair.repair_text, ntm_repair.scan_text, ntm_repair.repair, ntm_repair.scan, ntm_repair.document):
        with pytest.raises(TypeError, match=rf"a str, not {type(text).__name__}"):
            ask(text)


def test_a_text_that_is_none_passes_among_many() -> None:
    made = list(ntm_repair.repair_texts([None, TEXT]))  # type: ignore[list-item]
    assert made[0] == {
        "text_clean": None,
        "ntm_findings": [],
        "ntm_score": 0.0,
        "ntm_error": "TypeError: the text of an article is a str, not NoneType",
    }
    assert made[1] == ntm_repair.repair_text(TEXT)


def test_an_error_is_the_same_in_another_process() -> None:
    with pytest.raises(ntm_repair.UsageError) as raised:
        ntm_repair.repair(TEXT, accept="None")  # type: ignore[arg-type]
    again = pickle.loads(pickle.dumps(raised.value))
    assert (type(again), again.message, str(again)) == (
        ntm_repair.UsageError,
        raised.value.message,
        str(raised.value),
    )
