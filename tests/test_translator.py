"""The optional translation model: a tiny one is made here, saved, loaded and asked.

Its attention does nothing and its last layer answers each word with the next one of a phrase: whatever it is given, it
"translates" into that phrase. Loading, splitting into pieces, decoding and joining are as with a real model.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ntm_repair.article import Article
from ntm_repair.errors import UsageError
from ntm_repair.pipeline import load_resources
from ntm_repair.suggest.mt import Translator
from ntm_repair.types import Document, Hit, Message, Source

ctranslate2 = pytest.importorskip("ctranslate2", reason="the [mt] extra is not installed")
sentencepiece = pytest.importorskip("sentencepiece", reason="the [mt] extra is not installed")
numpy = pytest.importorskip("numpy")

PHRASE = "đẩy nhanh tiến độ"
SENTENCES = [f"các xã {PHRASE} giải ngân", "speed up the work of the commune", "bà con hiến đất làm đường", PHRASE]


def linear(layer: Any, rows: int, columns: int) -> None:
    layer.weight = numpy.zeros((rows, columns), numpy.float32)


def norm(layer: Any, width: int) -> None:
    layer.gamma, layer.beta = numpy.ones(width, numpy.float32), numpy.zeros(width, numpy.float32)


def chain(tokens: list[str], phrase: list[str]) -> Any:
    """A model of one layer that says `phrase`."""
    width = len(tokens)
    spec = ctranslate2.specs.TransformerSpec.from_config(1, 1)
    numbers = {token: i for i, token in enumerate(tokens)}
    says = numpy.zeros((width, width), numpy.float32)
    for before, after in pairwise(("<s>", *phrase, "</s>")):
        says[numbers[after], numbers[before]] = 1.0
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = numpy.zeros((256, width), numpy.float32)
        norm(side.layer_norm, width)
        layer = side.layer[0]
        norm(layer.self_attention.layer_norm, width)
        linear(layer.self_attention.linear[0], 3 * width, width)
        linear(layer.self_attention.linear[1], width, width)
        norm(layer.ffn.layer_norm, width)
        linear(layer.ffn.linear_0, width, width)
        linear(layer.ffn.linear_1, width, width)
    attention = spec.decoder.layer[0].attention
    norm(attention.layer_norm, width)
    linear(attention.linear[0], width, width)
    linear(attention.linear[1], 2 * width, width)
    linear(attention.linear[2], width, width)
    for embeddings in (spec.encoder.embeddings[0], spec.decoder.embeddings):
        embeddings.weight = numpy.eye(width, dtype=numpy.float32)
    spec.decoder.projection.weight = says
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.validate()
    return spec


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model in the files that real ones come in."""
    work = tmp_path_factory.mktemp("mt")
    (work / "text.txt").write_text("\n".join(SENTENCES * 20), "utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(work / "text.txt"), model_prefix=str(work / "spm"), vocab_size=120, model_type="bpe",
        hard_vocab_limit=False, minloglevel=2,
    )  # fmt: skip
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(work / "spm.model"))
    tokens = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    path = work / "tiny"
    path.mkdir()
    chain(tokens, pieces.encode(PHRASE, out_type=str)).save(str(path))
    for side in ("source", "target"):
        (path / f"{side}.spm").write_bytes((work / "spm.model").read_bytes())
    return path


def test_a_fragment_is_translated_verified_and_labelled(folder: Path) -> None:
    translator = Translator.load(folder)
    before, fragment = "Năm nay, các xã ", "speed up the work of"
    article = Article(Document(f"{before}{fragment} giải ngân.", Source("bai", "0" * 64, "utf-8")))
    hit = Hit(len(before), len(before) + len(fragment), Message("ntm101.fragment", {"count": 5}), 0.9, {})
    (found,) = translator(article, load_resources(), hit)
    assert (found.replacement, found.source, found.why.values["model"]) == (PHRASE, "mt", "tiny")
    assert found.score < 0.5


def test_what_is_no_fit_translation_is_not_shown(folder: Path) -> None:
    translator = Translator.load(folder)
    article = Article(Document("Các xã of giải ngân.", Source("bai", "0" * 64, "utf-8")))
    translator._known["of"] = "1999 Manchester"
    hit = Hit(7, 9, Message("ntm102.function", {"text": "of"}), 0.9, {})
    assert list(translator(article, load_resources(), hit)) == []


def test_a_folder_without_a_model_is_one_clear_line(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(UsageError) as caught:
        Translator.load(tmp_path)
    assert caught.value.message.key == "mt.missing"
    (tmp_path / "source.spm").write_bytes((folder / "source.spm").read_bytes())
    (tmp_path / "target.spm").write_bytes(b"no model")
    with pytest.raises(UsageError):
        Translator.load(tmp_path)
