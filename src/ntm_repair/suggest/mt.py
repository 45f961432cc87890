"""An optional suggester: a translation model on this machine, in the format of CTranslate2.

Off unless a folder is named; the `[mt]` extra brings what loads it. The folder is what `ct2-transformers-converter` or
another of CTranslate2's converters writes, with the SentencePiece models of the source and the target language beside
it (`source.spm`, `target.spm`, as OPUS-MT models have them; one `sentencepiece.bpe.model` or `spm.model` for both).
Only the fragment is translated; the translation is verified like any model's answer and never trusted alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ntm_repair.article import Article
from ntm_repair.errors import UsageError
from ntm_repair.resources import Resources
from ntm_repair.suggest.place import place_of
from ntm_repair.suggest.sentence import sentence_around
from ntm_repair.suggest.verify import verified
from ntm_repair.suggest.written import fitted
from ntm_repair.types import Hit, Message, Suggestion

SCORE = 0.3
"""What a translation is scored with: it was made without the sentence around it."""
BEAM = 4
LONGEST = 60
"""Words of the longest fragment that is translated."""
_SHARED = ("sentencepiece.bpe.model", "spm.model", "sentencepiece.model")


@dataclass
class Translator:
    """A loaded model. Call it as a suggester."""

    name: str
    _model: Any = field(repr=False)
    _source: Any = field(repr=False)
    _target: Any = field(repr=False)
    _known: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, folder: Path, device: str = "cpu") -> Translator:
        """The model in a folder. Raises UsageError where it, or the extra that loads it, is missing."""
        try:
            import ctranslate2
            import sentencepiece

            shared = next((folder / name for name in _SHARED if (folder / name).is_file()), None)
            source, target = (shared or folder / f"{side}.spm" for side in ("source", "target"))
            pieces = [sentencepiece.SentencePieceProcessor(model_file=str(path)) for path in (source, target)]
            model = ctranslate2.Translator(str(folder), device=device)
        except (ImportError, OSError, RuntimeError, ValueError) as error:
            reason = " ".join(str(error).split())[:200]
            raise UsageError(Message("mt.missing", {"path": str(folder), "reason": reason})) from None
        return cls(folder.name, model, pieces[0], pieces[1])

    def __call__(self, article: Article, resources: Resources, hit: Hit) -> Iterator[Suggestion]:
        """At most one suggestion."""
        fragment = article.text[hit.start : hit.end]
        if len(fragment.split()) > LONGEST:
            return
        sentence, _ = sentence_around(article, hit.start, hit.end)
        if text := verified(self.translate(fragment), sentence, fragment):
            place = place_of(article, hit.start, hit.end, lambda acronym: (acronym.lower(),))
            lowered = text[0].lower() + text[1:] if text[1:2].islower() and not fragment[:1].isupper() else text
            yield Suggestion(fitted(place, lowered), SCORE, "mt", Message("suggest.mt", {"model": self.name}))

    def translate(self, text: str) -> str:
        """The best translation; the same text is translated once."""
        known = self._known.get(text)
        if known is None:
            pieces = [*self._source.encode(text, out_type=str), "</s>"]
            result = self._model.translate_batch([pieces], beam_size=BEAM, max_decoding_length=4 * len(pieces) + 16)
            known = self._known[text] = str(self._target.decode(result[0].hypotheses[0]))
        return known
