"""Repairs from neighbouring articles: only when asked, the same whatever the order, and no answer changes its reach."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from made_up import session
from ntm_repair.article import Article
from ntm_repair.batch import neighbours
from ntm_repair.batch.neighbours import asked_around, joined, neighbour, neighbourhoods
from ntm_repair.commands.sources import Sources
from ntm_repair.config import load
from ntm_repair.decisions import read_log
from ntm_repair.errors import UnreadableError
from ntm_repair.files import read_document
from ntm_repair.formats.base import Block, Raw
from ntm_repair.likely import likely
from ntm_repair.pipeline import Scanned, clean, decisions_for, load_resources
from ntm_repair.pipeline import scan as scan_alone
from ntm_repair.standing import key_of
from ntm_repair.suggest import MOST
from ntm_repair.suggest.neighbours import Neighbour, with_neighbours
from ntm_repair.types import Document, Message, Source
from terminal import review

DAMAGED = """Xã Tân Lập khởi công cầu mới

Sáng nay, Ủy ban nhân dân xã Tân Lập tổ chức lễ khởi công the suspension bridge bắc qua suối Nậm Pàn.

Bà con thôn Khe Sơn đã hiến hơn hai nghìn mét vuông đất to straighten the road nội thôn.
"""
BRIDGE = """Cầu mới qua suối Nậm Pàn

Chính quyền xã vừa tổ chức lễ khởi công cầu treo bắc qua suối Nậm Pàn, nối thôn Khe Sơn với Bản Cuổi.
"""
ROAD = """Khe Sơn mở đường

Trước đó, bà con đã hiến hơn hai nghìn mét vuông đất để nắn lại đường nội thôn.
"""
OTHER = """Được mùa lúa

Vụ này thời tiết thuận, lúa chắc hạt, thương lái vào tận ruộng mua.
"""


def document(text: str, path: str = "bai.txt", record: str = "") -> Document:
    return Document(text, Source(path, "0" * 64, "utf-8", id=record))


def offers(text: str, *others: str) -> list[tuple[str, float, Message]]:
    """Every suggestion of every finding of `text`, with the other texts as neighbours."""
    scanned = scan_alone(document(text), load_resources())
    near = [neighbour(document(other, f"khac-{i}.txt")) for i, other in enumerate(others)]
    found = with_neighbours(scanned.article, scanned.findings, near, load_resources())
    return [(s.replacement, s.score, s.why) for f in found for s in f.suggestions]


def shown(text: str, *others: str) -> list[str]:
    """What neighbours show."""
    return [replacement for replacement, _, why in offers(text, *others) if why.key == "suggest.neighbour"]


@pytest.mark.parametrize(
    ("text", "other", "want"),
    [
        pytest.param(DAMAGED, BRIDGE, ["cầu treo"], id="between the same words"),
        pytest.param(DAMAGED, ROAD, ["để nắn lại đường"], id="between the same words, four of them"),
        pytest.param(DAMAGED, BRIDGE.upper(), [], id="a headline in capitals tells nothing of capitals"),
        pytest.param(DAMAGED, OTHER, [], id="another matter"),
        pytest.param(DAMAGED, DAMAGED, [], id="a neighbour with the same damage"),
        pytest.param(DAMAGED, BRIDGE.replace("lễ khởi công", "buổi họp về"), [], id="other words before it"),
        pytest.param(DAMAGED, BRIDGE.replace("cầu treo", "chiều qua. Sau đó"), [], id="a stop between"),
        pytest.param(
            "Sau hai năm, thôn Khe Sơn đã làm xong field road, ai cũng mừng.",
            "Đến nay thôn Khe Sơn đã làm xong đường nội đồng.",
            ["đường nội đồng"],
            id="after the same words",
        ),
        pytest.param(
            "Sau hai năm, thôn Khe Sơn đã làm xong field road, ai cũng mừng.",
            "Đến nay thôn Khe Sơn đã làm xong nhà văn hóa.",
            [],
            id="after the same words, something else",
        ),
        pytest.param(
            "Sau hai năm, thôn Khe Sơn đã làm xong field road, ai cũng mừng.",
            "Đến nay thôn Khe Sơn đã làm xong đường nội đồng trong niềm vui của bà con.",
            [],
            id="after the same words, and more",
        ),
        pytest.param(
            "Field road ở thôn Khe Sơn do bà con góp công làm.",
            "Rộng ba mét, đường nội đồng ở thôn Khe Sơn nay sạch đẹp.",
            ["Đường nội đồng"],
            id="before the same words, with the capital of the sentence",
        ),
    ],
)
def test_what_a_neighbour_shows(text: str, other: str, want: list[str]) -> None:
    assert shown(text, OTHER, other) == want


def test_a_neighbour_is_named_with_the_line_and_scored_below_the_article_itself() -> None:
    ((replacement, score, why),) = [o for o in offers(DAMAGED, BRIDGE) if o[2].key == "suggest.neighbour"]
    assert (replacement, why.values) == ("cầu treo", {"name": "khac-0.txt", "phrase": "cầu treo", "line": 3})
    ((_, own, _),) = [o for o in offers(f"{DAMAGED}\n{BRIDGE}") if o[2].key == "suggest.article" and o[0] == "cầu treo"]
    assert 0 < score < own


def test_the_name_leads_from_the_article_to_its_neighbour() -> None:
    assert Neighbour(("kho/moi/b.txt", ""), "").name_beside("kho/a.txt") == "moi/b.txt"
    assert Neighbour(("kho/b.txt", ""), "").name_beside("kho/cu/a.txt") == "../b.txt"
    assert Neighbour(("kho/b.jsonl", "r7"), "").name_beside("kho/b.jsonl") == "b.jsonl · r7"


def test_an_article_is_not_its_own_neighbour() -> None:
    scanned = scan_alone(document(DAMAGED), load_resources())
    other = scan_alone(document(BRIDGE, "khac.txt"), load_resources())
    (alone,) = asked_around([scanned], [0], load_resources())
    assert alone == scanned
    apart = asked_around([scanned, other], [0, 1], load_resources())
    assert apart == [scanned, other]
    damaged, _ = asked_around([scanned, other], [0, 0], load_resources())
    assert damaged.findings[0].suggestions[0].replacement == "cầu treo"
    twin = replace(other, article=Article(document(BRIDGE)))  # the same file once more
    assert asked_around([scanned, twin], [0, 0], load_resources())[0] == scanned


_pieces = st.lists(
    st.sampled_from((*DAMAGED.split("\n\n"), *BRIDGE.split("\n\n"), *ROAD.split("\n\n"), OTHER)), max_size=4
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_pieces, st.lists(_pieces, max_size=3), st.sampled_from(("NFC", "NFD")))
def test_only_suggestions_change(own: list[str], others: list[list[str]], form: Any) -> None:
    import unicodedata

    text = unicodedata.normalize(form, "\n\n".join(own))
    scanned = scan_alone(document(text), load_resources())
    near = [neighbour(document("\n\n".join(o), f"{i}.txt")) for i, o in enumerate(others)]
    found = with_neighbours(scanned.article, scanned.findings, near, load_resources())
    for before, after in zip(scanned.findings, found, strict=True):
        assert replace(after, suggestions=before.suggestions, ranked_first=before.ranked_first) == before
        assert key_of(after) == key_of(before)
        assert len(after.suggestions) <= MOST
        assert [s.score for s in after.suggestions] == sorted((s.score for s in after.suggestions), reverse=True)
        assert len({s.replacement for s in after.suggestions}) == len(after.suggestions)
        if before.suggestions:
            assert before.suggestions[0].replacement in [s.replacement for s in after.suggestions]


# Which articles are neighbours


def test_files_are_neighbours_in_the_order_of_their_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = []
    for name in ("b/1.txt", "a/2.txt", "a/1.txt", "c/1.txt", "c/2.txt", "kho.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(OTHER, "utf-8")
        paths.append(str(path))
    everything = neighbourhoods(paths)
    assert set(everything) == set(paths[:-1])
    assert len(set(everything.values())) == 1
    assert neighbourhoods([*paths, f"{tmp_path}/./a/1.txt"]).items() >= everything.items()
    monkeypatch.setattr(neighbours, "MOST_FILES", 2)
    by_two = neighbourhoods(paths)
    names = [[Path(p).relative_to(tmp_path).as_posix() for p in near] for near in sorted(set(by_two.values()))]
    assert names == [["a/1.txt", "a/2.txt"], ["b/1.txt", "c/1.txt"], ["c/2.txt"]]
    for seed in range(5):
        assert neighbourhoods(random.Random(seed).sample(paths, len(paths))) == by_two
    monkeypatch.setattr(neighbours, "MOST_FILES", 300)
    monkeypatch.setattr(neighbours, "MOST_BYTES", len(OTHER.encode()) * 3 + 1)
    assert [len(near) for near in sorted(set(neighbourhoods(paths).values()))] == [3, 2]


def test_what_stands_before_the_damage_in_a_file_is_still_asked() -> None:
    def blocks() -> Iterator[Block]:
        for number in range(6):
            yield Block((Raw(number, b""),))
        raise UnreadableError(Message("error.read", {}))

    found = joined(blocks())
    assert [len(next(found).raws), len(next(found).raws)] == [4, 2]
    with pytest.raises(UnreadableError):
        next(found)


# As a user runs it


def scan(*arguments: str, cwd: Path, expect: int = 1) -> str:
    command = [sys.executable, "-m", "ntm_repair", "scan", *arguments, "--format", "jsonl", "--lang", "en"]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == expect, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def by_article(report: str) -> dict[tuple[str, str], Any]:
    return {(row["path"], row["id"]): row["findings"] for row in map(json.loads, report.splitlines())}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "kho" / "cũ").mkdir(parents=True)
    (tmp_path / "kho" / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "kho" / "b.txt").write_bytes(BRIDGE.encode("utf-16"))
    (tmp_path / "kho" / "c.html").write_text(f"<p>{ROAD}</p>", "utf-8")
    (tmp_path / "kho" / "cũ" / "a.md").write_text(DAMAGED.replace("Sáng nay", "Hôm qua"), "utf-8")
    (tmp_path / "kho" / "hỏng.txt").write_bytes(b"\x00\x01\x02" * 50)
    rows = [{"id": f"r{i}", "text": text} for i, text in enumerate((OTHER, DAMAGED, ROAD, BRIDGE))]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows) + "không phải JSON\n"
    (tmp_path / "kho" / "nhieu.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    return tmp_path


def test_nothing_changes_unless_asked_and_then_not_with_order_or_workers(corpus: Path) -> None:
    plain = scan("kho", cwd=corpus, expect=3)
    asked = scan("kho", "--neighbours", cwd=corpus, expect=3)
    (corpus / "ntm-repair.toml").write_text("neighbours = true\nworkers = 2\n")
    turned = ["kho/nhieu.jsonl.gz", "kho/hỏng.txt", "kho/cũ/a.md", "kho/c.html", "kho/b.txt", "kho/a.txt"]
    assert by_article(scan(*turned, cwd=corpus, expect=3)) == by_article(asked)
    before, after = by_article(plain), by_article(asked)
    assert before.keys() == after.keys()
    for key in (("kho/a.txt", ""), ("kho/cũ/a.md", ""), ("kho/nhieu.jsonl.gz", "r1")):
        assert [f["fingerprint"] for f in before[key]] == [f["fingerprint"] for f in after[key]]
        assert [f["suggestions"][0]["replacement"] for f in after[key]] == ["cầu treo", "để nắn lại đường"]
        assert before[key] != after[key]


def reviewed(paths: list[str], setting: bool = True) -> list[Scanned]:
    """The articles as a review has them."""
    sources = Sources(paths, load(paths[0], {"neighbours": setting}), "en")
    scans = [scan_alone(source, load_resources()) for source in sources]
    scans = asked_around(scans, sources.near, load_resources()) if setting else scans
    return [replace(scanned, findings=likely(scanned.findings)) for scanned in scans]


def test_a_review_shows_what_a_scan_shows(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    paths = ["kho/nhieu.jsonl.gz", "kho/cũ/a.md", "kho/c.html", "kho/b.txt", "kho/a.txt"]
    in_scan = by_article(scan(*paths, "--neighbours", cwd=corpus, expect=3))
    in_review = {(s.document.source.path, s.document.source.id): s.findings for s in reviewed(paths)}
    assert in_scan.keys() == in_review.keys()
    for key, findings in in_review.items():
        want = [[(s["replacement"], s["score"]) for s in f["suggestions"]] for f in in_scan[key]]
        assert [[(s.replacement, s.score) for s in f.suggestions] for f in findings] == want


def test_answers_reach_the_same_findings_with_neighbours_and_without(tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]
    for path, text in zip(paths, (DAMAGED, BRIDGE, DAMAGED.replace("Sáng nay", "Hôm qua")), strict=True):
        Path(path).write_text(text, "utf-8")
    (tmp_path / "không hỏi").mkdir()
    alone, asked = session(reviewed(paths, False), tmp_path / "không hỏi"), session(reviewed(paths), tmp_path)
    assert [(g.key, g.items) for g in asked.groups] == [(g.key, g.items) for g in alone.groups]
    group = asked.group_of(asked.items[0])
    given = asked.choose_for(group, 1)
    assert given is not None
    assert given.findings == len(group.items) == 2
    (line,) = asked.books.shared.read_text("utf-8").splitlines()[-1:]
    assert json.loads(line)["offered"] == key_of(alone.items[0].finding)[2]
    for path in (paths[0], paths[2]):  # `clean` asks no neighbours, and the answer is there all the same
        decisions, own = decisions_for(read_document(Path(path)))
        made = clean(read_document(Path(path)), load_resources(), decisions, str(own))
        assert "lễ khởi công cầu treo bắc qua" in made.text
        assert "to straighten the road" in made.text


def test_an_editor_sees_and_takes_what_a_neighbour_shows(tmp_path: Path) -> None:
    (tmp_path / "moi").mkdir()
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "moi" / "b.txt").write_text(BRIDGE, "utf-8")
    with review(tmp_path, "--neighbours", "--line") as terminal:
        assert "another article, “moi/b.txt”, has “cầu treo” on line 3" in terminal.expect("cầu treo")
        terminal.press("1\r")
        terminal.expect("left 1")
        terminal.press("\x04")
        assert terminal.wait() == 1
    (taken,) = read_log(tmp_path / "a.decisions.jsonl")
    assert (taken.action, taken.replacement, taken.suggested_by) == ("accept", "cầu treo", "article")
    assert (
        taken.offered
        == scan_alone(read_document(tmp_path / "a.txt"), load_resources()).findings[0].suggestions[0].replacement
    )
