"""Kept tables: the same as made anew, and safe to lose, spoil or be unable to write."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from ntm_repair import compiled as module
from ntm_repair.compiled import compiled
from ntm_repair.context import Context, level
from ntm_repair.lexicon import Lexicon, LexiconError
from ntm_repair.matching.domain import domain_context
from ntm_repair.matching.terms import TermIndex
from ntm_repair.packed import pack


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NTM_REPAIR_HOME", str(tmp_path))
    return tmp_path / "cache"


def count(calls: list[int]) -> dict[str, int]:
    calls.append(1)
    return {"times": len(calls)}


def test_what_is_kept_is_read_and_not_made_again(home: Path) -> None:
    calls: list[int] = []
    first = compiled("t", "a", partial(count, calls))
    assert compiled("t", "a", partial(count, calls)) == first == {"times": 1}
    assert compiled("t", "b", partial(count, calls)) == {"times": 2}
    assert len(list(home.glob("t-*.bin"))) == 2


@pytest.mark.parametrize("spoil", [lambda b: b[:-1], lambda b: b"", lambda b: b[:40] + b"\xff" + b[41:]])
def test_a_spoilt_file_is_made_anew(home: Path, spoil: object) -> None:
    calls: list[int] = []
    compiled("t", "a", partial(count, calls))
    (path,) = home.glob("t-*.bin")
    assert callable(spoil)
    path.write_bytes(spoil(path.read_bytes()))
    assert compiled("t", "a", partial(count, calls)) == {"times": 2}
    assert compiled("t", "a", partial(count, calls)) == {"times": 2}


def test_a_folder_that_cannot_be_made_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("NTM_REPAIR_HOME", str(tmp_path / "file"))
    calls: list[int] = []
    assert compiled("t", "a", partial(count, calls)) == {"times": 1}
    assert compiled("t", "a", partial(count, calls)) == {"times": 2}


def test_no_home_to_look_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(module, "cache_folder", nowhere)
    assert compiled("t", "a", partial(count, [])) == {"times": 1}


def test_old_files_go(home: Path) -> None:
    for source in range(module.KEPT + 3):
        compiled("t", str(source), partial(count, []))
    assert len(list(home.iterdir())) == module.KEPT


def test_lexicon_and_index_are_the_same_kept_and_made(home: Path) -> None:
    made, again = Lexicon.load(), Lexicon.load()
    assert made == again
    index, kept = TermIndex(made), TermIndex(again)
    assert index.forms
    assert all(
        (a.term, a.keys, a.surface, a.joints) == (b.term, b.keys, b.surface, b.joints)
        for a, b in zip(index.forms, kept.forms, strict=True)
    )
    assert (index.near, index.trios, index.acronyms) == (kept.near, kept.trios, kept.acronyms)
    assert all(list(index.filed(total)) == list(kept.filed(total)) for total in index.near)
    assert {p.name.split("-")[0] for p in home.iterdir()} == {"lexicon", "terms"}


def news(folder: Path, bond: int) -> Context:
    """Counts of an archive: always as many words, pairs and triples, and only one count that differs."""
    folder.mkdir()
    for order, rows in enumerate(
        (
            [(("bà",), 90), (("con",), 80), (("vui",), 70)],
            [(("bà", "con"), bond), (("con", "vui"), 40)],
            [(("bà", "con", "vui"), 20)],
        ),
        1,
    ):
        (folder / f"context-{order}.bin").write_bytes(pack([(words, level(n)) for words, n in rows], 1))
    (folder / "context-bound.bin").write_bytes(pack([(("con",), b"\x01")], 1))
    return Context(folder)


def test_tables_of_other_counts_are_never_taken_for_these(home: Path, tmp_path: Path) -> None:
    terms = [("con", "vui", "cười")]
    asked = [("bà", "con"), ("con", "vui"), ("vui", "cười")]
    for name, bond in (("a", 60), ("b", 900), ("a2", 60)):
        archive = news(tmp_path / name, bond)
        first, kept = (domain_context(archive, terms, "d") for _ in range(2))
        assert [round(first.pair(*pair)) for pair in asked] == [round(kept.pair(*pair)) for pair in asked]
        assert abs(kept.pair("bà", "con") - bond) <= 0.03 * bond
        assert kept.pair("vui", "cười") > 0
    assert len(list(home.glob("context-*.bin"))) == 2  # the third archive is the first again


def test_a_changed_or_broken_lexicon_is_seen(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("term\tkind\taliases\tenglish\tnote\nvườn dừa sáp hữu cơ\tagriculture\t\t\t\n", "utf-8")
    assert Lexicon.load([own]).terms[-1].term == "vườn dừa sáp hữu cơ"
    own.write_text("term\tkind\taliases\tenglish\tnote\nvườn dừa xiêm hữu cơ\tagriculture\t\t\t\n", "utf-8")
    assert Lexicon.load([own]).terms[-1].term == "vườn dừa xiêm hữu cơ"
    own.write_text("term\tkind\taliases\tenglish\tnote\nvườn dừa\tnothing\t\t\t\n", "utf-8")
    for _ in range(2):
        with pytest.raises(LexiconError):
            Lexicon.load([own])
