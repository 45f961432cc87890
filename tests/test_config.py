"""Settings: found upwards, checked, each with its origin; the command line comes first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ntm_repair.config import BUILT_IN, COMMAND_LINE, load
from ntm_repair.errors import UsageError


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nha").mkdir()
    monkeypatch.chdir(tmp_path / "nha")


def test_the_nearest_file_counts_and_every_value_knows_its_origin(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "ntm-repair.toml").write_text("workers = 7\ntext_field = 'noi_dung'\n")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.ntm-repair]\nworkers = 2\nlexicon = ['x.tsv']\n")
    (tmp_path / "a" / "b" / "pyproject.toml").write_text("[tool.other]\nworkers = 9\n")
    config = load(str(tmp_path / "a" / "b" / "bai.txt"), {"format": "json", "encoding": None})
    file = str(tmp_path / "a" / "pyproject.toml")
    assert (config["workers"], config.origins["workers"]) == (2, file)
    assert config.lexicons == (str(tmp_path / "a" / "x.tsv"),)
    assert (config["format"], config.origins["format"]) == ("json", COMMAND_LINE)
    assert (config["text_field"], config.origins["text_field"]) == ("text", BUILT_IN)


def test_the_working_folder_counts_where_the_article_has_nothing_above(tmp_path: Path) -> None:
    (tmp_path / "nha" / "ntm-repair.toml").write_text("accept = 'none'\n[[allow]]\nterm = 'online'\n")
    (tmp_path / "khac").mkdir()
    assert load(str(tmp_path / "khac" / "bai.txt")).accept.level == "none"
    assert load("-").accept.level == "none"


@pytest.mark.parametrize(
    ("content", "key", "says"),
    [
        ("worker = 2", "error.config_key", "workers"),
        ("text-feild = 'a'", "error.config_key", "text_field"),
        ("zzzzzz = 1", "error.config_unknown", "text_field"),
        ("workers = 0", "error.config_value", "1"),
        ("workers = true", "error.config_value", "1"),
        ("accept = 'alles'", "error.config_value", "safe"),
        ("exclude = 'a'", "error.config_value", "["),
        ("min_confidence = 2", "error.config_value", "0"),
        ("workers =", "error.config_toml", ""),
    ],
)
def test_a_mistake_is_named_with_what_is_meant(tmp_path: Path, content: str, key: str, says: str) -> None:
    (tmp_path / "ntm-repair.toml").write_text(content)
    with pytest.raises(UsageError) as error:
        load(str(tmp_path))
    assert error.value.message.key == key
    assert says in str(list(error.value.message.values.values()))


def test_an_option_is_checked_as_a_setting_is() -> None:
    with pytest.raises(UsageError) as error:
        load(None, {"min_confidence": 1.5})
    assert error.value.message.values["option"] == "--min-confidence"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ntm_repair", *arguments, "--lang", "en"]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_settings_are_shown_as_a_file_would_have_them(tmp_path: Path) -> None:
    (tmp_path / "ntm-repair.toml").write_text("workers = 3\n")
    shown = run("config", "show", cwd=tmp_path)
    assert shown.returncode == 0
    assert f"workers = 3  # {tmp_path / 'ntm-repair.toml'}" in shown.stdout
    assert 'text_field = "text"  # built in' in shown.stdout
    again = tmp_path / "again.toml"
    again.write_text(shown.stdout)
    assert load(file=str(again))["workers"] == 3


def test_the_doctor_finds_this_installation_well_and_a_broken_file_not(tmp_path: Path) -> None:
    well = run("doctor", cwd=tmp_path)
    assert well.returncode == 0, well.stdout
    (tmp_path / "ntm-repair.toml").write_text("worker = 3\n")
    ill = run("doctor", cwd=tmp_path)
    assert ill.returncode == 2
    assert "is it “workers”?" in ill.stdout


BROKEN = {
    "a term that is empty": '[[allow]]\nterm = ""\n',
    "a key that an entry does not have": '[[allow]]\nterm = "a"\nregel = "b"\n',
    "a rule that is not there": '[[allow]]\nterm = "a"\nrule = "NTM999"\n',
    "a lexicon that is not there": 'lexicon = ["khong-co.tsv"]\n',
    "a lexicon that is broken": 'lexicon = ["hong.tsv"]\n',
    "a model that is not there": 'mt_model = "khong-co"\n',
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_wrong_is_said_alike_by_the_doctor_by_config_show_and_where_it_is_used(
    tmp_path: Path, what: str
) -> None:
    (tmp_path / "ntm-repair.toml").write_text(BROKEN[what], "utf-8")
    (tmp_path / "hong.tsv").write_text("term\tkind\taliases\tenglish\tnote\nnông thôn mới\n", "utf-8")
    (tmp_path / "bai.txt").write_text("Sáng nay xã làm đường mới.\n", "utf-8")
    doctor, shown = run("doctor", cwd=tmp_path), run("config", "show", cwd=tmp_path)
    assert (doctor.returncode, shown.returncode) == (2, 2), doctor.stdout
    (said,) = shown.stderr.splitlines()
    assert f"✗ {said}" in doctor.stdout.replace("bad ", "✗ ").splitlines()
    if "model" in what:  # asked for suggestions in a review only
        return
    for used in (run("scan", "bai.txt", cwd=tmp_path), run("clean", "bai.txt", cwd=tmp_path)):
        assert (used.returncode, used.stdout, used.stderr) == (2, "", f"{said}\n")


def test_a_mark_at_the_start_of_the_file_is_nothing(tmp_path: Path) -> None:
    content = "format = 'jsonl'\n[[allow]]\nterm = 'to finish the plan of the year'\n"
    (tmp_path / "ntm-repair.toml").write_text(content, "utf-8-sig")
    (tmp_path / "bai.txt").write_text("Có 12 xã to finish the plan of the year đã về đích.\n", "utf-8")
    scanned = run("scan", "bai.txt", cwd=tmp_path)
    assert (scanned.returncode, scanned.stderr) == (0, "")
    assert scanned.stdout.startswith("{")
    assert run("config", "show", cwd=tmp_path).returncode == 0
    assert run("doctor", cwd=tmp_path).returncode == 0
