"""Articles are given back when they are done with: nothing of them waits for the garbage collector."""

from __future__ import annotations

import gc
import json
from pathlib import Path

from ntm_repair import pipeline
from ntm_repair.batch.tasks import BlockTask, Settings
from ntm_repair.batch.worker import Cleaner
from ntm_repair.formats.base import Fields, Raw, Shape

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))


def test_articles_make_no_cycles() -> None:
    texts = [path.read_bytes().decode("utf-8") for path in SAMPLES]
    raws = tuple(Raw(i, json.dumps({"text": text}).encode() + b"\n") for i, text in enumerate(texts, 1))
    task = BlockTask(Shape("jsonl", "tin.jsonl", Fields()), raws)
    clean = Cleaner(Settings(columns=True))
    pipeline.load_resources(())
    clean(task)  # what is loaded when first needed may leave some
    gc.collect()
    gc.disable()
    try:
        outcome = clean(task)
        assert outcome.tally.articles == len(SAMPLES)
        assert sum(outcome.tally.findings.values()) > 20
        assert gc.collect() == 0
    finally:
        gc.enable()
