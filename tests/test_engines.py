"""The examples of docs/engines.md, run on real shards where their engine is installed (extra `adapters-test`).

Engines start slowly; their examples run with NTM_REPAIR_ENGINES=1 and are skipped by name without it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ntm_repair

DOCS = Path(__file__).parents[1] / "docs" / "engines.md"
EXAMPLES = dict(re.findall(r"```python\n# ([\w-]+)\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL))
PACKAGES = {"datatrove-ray": ("datatrove", "ray"), "pyspark": ("pyspark", "pandas", "pyarrow")}
CAPTION = "Bà con thôn Khe Sơn góp công làm đường"
ARTICLE = (
    f"Sáng nay xã làm đường mới.\n\n{CAPTION}\n\n{CAPTION}\n\nĐường dài hai cây số, to finish the plan of the year."
)


def test_the_functions_can_be_pickled() -> None:
    again = pickle.loads(pickle.dumps(ntm_repair.repair_text))
    assert again(ARTICLE)["text_clean"].count(CAPTION) == 1
    assert pickle.loads(pickle.dumps(ntm_repair.scan_text))(ARTICLE)["ntm_score"] > 0


def test_many_texts_come_to_what_each_comes_to() -> None:
    texts = [
        f"{ARTICLE}\n\nBà con phấn khởi vì [{number}] đời sống chất và tinh thần được nâng lên." for number in range(40)
    ]
    assert list(ntm_repair.repair_texts(texts)) == [ntm_repair.repair_text(text) for text in texts]


def test_one_text_does_not_end_a_run() -> None:
    broken, whole = ntm_repair.repair_texts([None, ARTICLE])  # type: ignore[list-item]
    assert broken["text_clean"] is None
    assert "ntm_error" in broken
    assert whole == ntm_repair.repair_text(ARTICLE)


def test_every_example_is_known() -> None:
    assert set(EXAMPLES) == {"datatrove", "datatrove-ray", "ray", "pyspark", "datasets"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_repairs_real_shards(name: str, tmp_path: Path) -> None:
    missing = [p for p in PACKAGES.get(name, (name,)) if importlib.util.find_spec(p) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (pip install 'ntm-repair[adapters-test]')")
    if not os.environ.get("NTM_REPAIR_ENGINES"):
        pytest.skip(f"{name} starts slowly: set NTM_REPAIR_ENGINES=1")
    source, target = tmp_path / "vao", tmp_path / "ra"
    source.mkdir()
    for shard in range(2):
        rows = [{"id": f"{shard}-{i}", "text": ARTICLE} for i in range(3)]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (source / f"{shard}.jsonl").write_text(lines, "utf-8")
    given = f"source, target, logs = {str(source)!r}, {str(target)!r}, {str(tmp_path / 'logs')!r}\n"
    if name == "datasets":
        target.mkdir()
    script = tmp_path / "example.py"
    script.write_text(f"{given}if __name__ == '__main__':\n" + re.sub("^", "    ", EXAMPLES[name], flags=re.MULTILINE))
    environment = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": str(tmp_path / "hf"),
        "PYSPARK_PYTHON": sys.executable,
    }
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    rows = _rows(target)
    assert sorted(row["id"] for row in rows) == [f"{s}-{i}" for s in range(2) for i in range(3)]
    for row in rows:
        text = row["text"] if "text_clean" not in row else row["text_clean"]
        assert text == ARTICLE.replace(f"{CAPTION}\n\n", "", 1)
        assert (row if "ntm_score" in row else row["metadata"])["ntm_score"] > 0
    if name.startswith("datatrove"):
        stats = "".join(p.read_text() for p in (tmp_path / "logs").rglob("stats*.json"))
        assert "finding_NTM201" in stats


def _rows(target: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for path in sorted(target.rglob("*.jsonl")):
        rows += (json.loads(line) for line in path.read_text("utf-8").splitlines())
    for path in sorted(target.rglob("*.parquet")):
        import pyarrow.parquet as pq

        rows += pq.read_table(path).to_pylist()
    return rows
