"""Packed tables answer as the mapping they were made from, one key at a time and many at once."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.context import DATA, Context, level
from ntm_repair.packed import LONGEST, Packed, hash_of, pack, word_hash

words = st.text(st.sampled_from("abcđeghioôơưăâáàạ̣" + "😀"), min_size=1, max_size=5)
sequences = st.lists(words, min_size=1, max_size=3).map(tuple)


def table(data: bytes, folder: str) -> Packed:
    path = Path(folder) / "table.bin"
    path.write_bytes(data)
    return Packed(path)


@given(st.dictionaries(sequences, st.integers(1, 255), max_size=40), st.lists(sequences, max_size=20))
def test_one_byte(entries: dict[tuple[str, ...], int], others: list[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as folder:
        packed = table(pack([(k, bytes([v])) for k, v in entries.items()], 1), folder)
        asked = [*entries, *others]
        one_by_one = [packed.find(hash_of(k)) or 0 for k in asked]
        assert [packed.ask(word_hash(k[0])) for k in asked if len(k) == 1] == [
            packed.find(hash_of(k)) for k in asked if len(k) == 1
        ]
        at_once = packed.find_many(np.array([hash_of(k) for k in asked], np.uint64))
        assert one_by_one == [entries.get(k, 0) for k in asked]
        assert at_once.tolist() == one_by_one
        assert len(packed) == len(entries)


@given(st.dictionaries(sequences, st.binary(min_size=3, max_size=3), max_size=40))
def test_three_bytes(entries: dict[tuple[str, ...], bytes]) -> None:
    with TemporaryDirectory() as folder:
        packed = table(pack(list(entries.items()), 3), folder)
        assert {k: packed.get(*k) for k in entries} == entries
        assert packed.get("không", "có") is None


def test_crowded_slots() -> None:
    """Keys whose searches run into each other, past the last home slot too."""
    entries = [((f"từ{i}",), bytes([i % 255 + 1])) for i in range(5000)]
    with TemporaryDirectory() as folder:
        packed = table(pack(entries, 1), folder)
        keys = np.array([hash_of(k) for k, _ in entries], np.uint64)
        assert packed.find_many(keys).tolist() == [v[0] for _, v in entries]
        absent = np.array([hash_of((f"chữ{i}",)) for i in range(5000)], np.uint64)
        assert np.count_nonzero(packed.find_many(absent)) <= 1


@given(st.dictionaries(sequences, st.integers(1, 255), min_size=1, max_size=20), st.data())
def test_a_digest_is_that_of_the_entries(entries: dict[tuple[str, ...], int], data: st.DataObject) -> None:
    rows = [(k, bytes([v])) for k, v in entries.items()]
    packed, again = Packed(pack(rows, 1)), Packed(pack(rows, 1))
    assert packed.digest == again.digest
    assert len(packed.digest) == 32
    at = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(st.integers(1, 255).filter(lambda v: bytes([v]) != rows[at][1]))
    changed = [*rows[:at], (rows[at][0], bytes([other])), *rows[at + 1 :]]
    assert Packed(pack(changed, 1)).digest != packed.digest
    assert Packed(packed.with_values({hash_of(rows[at][0]): other})).digest != packed.digest
    assert Packed(packed.with_values({hash_of(rows[at][0]): rows[at][1][0]})).get(*rows[at][0]) == rows[at][1]


@pytest.mark.parametrize("path", sorted(DATA.glob("*.bin")), ids=lambda p: p.name)
def test_the_tables_shipped_are_what_they_say(path: Path) -> None:
    data = path.read_bytes()
    slots = data[32:] if data.startswith(b"NTM3") else data[16:]
    assert Packed(path).digest == hashlib.sha256(slots).hexdigest()[:32]


def test_the_counts_shipped_hold_their_digest() -> None:
    """Else it would have to be worked out of all they hold, at every start."""
    for order in (1, 2, 3):
        assert (DATA / f"context-{order}.bin").read_bytes()[:4] == b"NTM3"


@given(st.dictionaries(sequences, st.integers(1, 255), min_size=1, max_size=20))
def test_a_table_made_before_there_were_digests_is_read_as_ever(entries: dict[tuple[str, ...], int]) -> None:
    made = pack([(k, bytes([v])) for k, v in entries.items()], 1)
    now, before = Packed(made), Packed(b"NTM2" + made[4:16] + made[32:])
    keys = np.array([hash_of(k) for k in entries], np.uint64)
    assert now.find_many(keys).tolist() == before.find_many(keys).tolist() == list(entries.values())
    assert [before.get(*k) for k in entries] == [bytes([v]) for v in entries.values()]
    assert now.digest == before.digest
    assert len(now) == len(before)


@pytest.mark.parametrize("data", [b"", b"NTM3", b"NTM3" + bytes(20), b"NTM2", b"NTM1" + bytes(40), b"\x00" * 64])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a packed table"):
        Packed(data)


def test_words_too_long_for_any_table_share_a_hash() -> None:
    assert hash_of(["a" * LONGEST]) == hash_of(["b" * (LONGEST + 1)])
    assert hash_of(["a" * (LONGEST - 1)]) != hash_of(["b" * (LONGEST - 1)])


def test_a_value_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="1 bytes"):
        pack([(("một",), b"ab")], 1)


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.bin"
    path.write_bytes(b"something else entirely")
    with pytest.raises(ValueError, match="not a packed table"):
        Packed(path)


def test_the_shipped_counts_answer_both_ways() -> None:
    context = Context.load()
    _, two, _ = context.tables
    pairs = [("nông", "thôn"), ("thôn", "mới"), ("thôn", "nông"), ("qwx", "thôn")]
    at_once = two.find_many(np.array([hash_of(p) for p in pairs], np.uint64))
    assert at_once[0] > at_once[2]
    assert at_once[3] == 0
    assert [context.pair(*p) > 0 for p in pairs] == [bool(v) for v in at_once]
    assert level(round(context.pair("nông", "thôn"))) == bytes([at_once[0]])
