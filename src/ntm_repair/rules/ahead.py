"""Signs looked for in many articles at once, over arrays (`ntm_repair.survey`): what `Signs.look` is then told.

What is asked of each word, line and article in plain Python (`signs`, `Rule.in_text`) is here asked of all of them, and
only what has no quick answer is taken out as a string. An answer may be "perhaps" where Python would say no, never the
other way about; a test holds the findings equal. Words are known by hashes of 64 bits: that two of a run share one, so
that a sign may be missed, is as likely as one in a million million.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import regex

from ntm_repair.article import Article, Foreseen
from ntm_repair.language.foreign import FEW_BYTES, LEAST_WORDS
from ntm_repair.language.residue import RULE_OF_RESIDUE
from ntm_repair.matching.engine import residue_spans
from ntm_repair.rules import (
    RULES,
    duplicate_caption,
    empty_quotes,
    known_garble,
    letter_case,
    near_caption,
    repeated_word,
)
from ntm_repair.rules.dull import dull_forms
from ntm_repair.rules.names_ahead import FormSigns, NameSigns
from ntm_repair.rules.signs import AFTER, MARKS, Signs
from ntm_repair.segment import FEWEST_WRAPPED, WRAP_WIDTHS, is_date

if TYPE_CHECKING:
    from ntm_repair.survey import Remembered, Survey

_BREAKS = ("\r", "\u2028", "\u2029")
"""Texts with these are left to be looked at one by one: what is a line in them depends on who asks."""
GARBLES = ("NTM301", "NTM303", "NTM304")
"""The rules that ask for garbled places."""
_LEFT_OPEN = ("_", "Σ", "İ", "#")
"""In texts with these some words are not what `glance` takes for words, or not in its lower case; or have headlines."""
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
Besides = dict[str, bool | Sequence[tuple[int, int]]]


class Ahead:
    """Looks for the signs of some rules; what words and lines say is remembered from one look to the next."""

    def __init__(self, signs: Signs) -> None:
        from ntm_repair.survey import Remembered, Survey

        self._signs = signs
        self._dull: Remembered = Remembered()
        """What has no sign: words, plain words, how lines begin and end."""
        if all(rule in RULES for rule in signs.rules):
            self._dull.add_many(Survey((" ".join(dull_forms()),), MARKS, AFTER).cores)
        self._openings: dict[str, int] = {}
        self._closings: dict[str, int] = {}
        self._by_place = [(1 << i, rule.in_place) for i, rule in enumerate(signs.rules) if rule.in_place is not None]
        rules = signs.line_rules
        self._by_opening = [(bit, rule.opens) for bit, rule in rules if rule.opens is not None]
        self._by_closing = [(bit, rule.closes) for bit, rule in rules if rule.closes is not None]
        self._any_opening = sum(bit for bit, rule in rules if rule.opens is None)
        self._any_closing = sum(bit for bit, rule in rules if rule.closes is None)
        self._garbles = any(rule.code in GARBLES for rule in signs.rules)
        self._matcher = signs.resources.matcher
        self._names = NameSigns(self._matcher.places.written)
        self._forms = FormSigns(self._matcher.known.forms)

    def look(self, articles: Sequence[Article]) -> None:
        """Set `Article.foreseen`."""
        from ntm_repair.survey import Survey

        articles = [a for a in articles if not any(c in a.text for c in _BREAKS)]
        survey = Survey([a.text for a in articles], MARKS, AFTER)
        marks = self._marks(survey)
        besides = self._besides(articles, survey)
        for i, (article, count) in enumerate(zip(articles, survey.words_of(), strict=True)):
            if "_" not in article.text:
                article.words = count
            article.foreseen = Foreseen(self._signs, marks[i], besides[i])
        if articles and self._garbles:
            self._matcher.foresee(articles, survey.words, survey.offsets, self._residue(articles, survey.offsets))

    def _residue(self, articles: Sequence[Article], offsets: Sequence[int]) -> list[tuple[int, int]]:
        """Where English is left in the text of all articles, whose beginnings are `offsets`."""
        found: list[tuple[int, int]] = []
        for article, offset in zip(articles, offsets, strict=False):
            self._signs.look(article)  # says where residue may be
            if article.marked.get(RULE_OF_RESIDUE, True):
                spans, _ = residue_spans(article, self._signs.resources.evidence)
                found += ((start + offset, end + offset) for start, end in spans)
        return found

    def _marks(self, survey: Survey) -> list[list[tuple[int, int, int]]]:
        """For each text, its lines with signs."""
        bits = self._words(survey)
        for line, known in self._lines(survey):
            start, end = int(survey.line_starts[line]), int(survey.line_ends[line])
            before = signs = bits.get(line, 0)
            text = survey.text[start:end]
            for bit, rule in self._signs.line_rules:
                if known & bit and not signs & bit and rule.in_line is not None and rule.in_line(text):
                    signs |= bit
            if signs != before:
                bits[line] = signs
        marks: list[list[tuple[int, int, int]]] = [[] for _ in survey.offsets[1:]]
        for line in sorted(bits):
            text_number = int(survey.line_texts[line])
            offset = survey.offsets[text_number]
            span = int(survey.line_starts[line]) - offset, int(survey.line_ends[line]) - offset
            marks[text_number].append((*span, bits[line]))
        return marks

    def _words(self, survey: Survey) -> dict[int, int]:
        """The signs of the words of each line that has some."""
        bits: dict[int, int] = {}
        telling, judge, resources = self._signs.telling, self._signs.judge, self._signs.resources
        rest = survey.unknown_words(self._dull)
        for i, line in zip(rest.tolist(), survey.lines_with(rest).tolist(), strict=True):
            start, end = int(survey.starts[i]), int(survey.ends[i])
            word = survey.text[start:end]
            signs = telling.get(word, -1)
            if signs < 0:
                signs, plain = judge(word)
                if not signs:
                    self._dull.add(int(survey.cores[i] if plain and survey.cores[i] else survey.keys[i]))
            for bit, in_place in self._by_place:
                if signs & bit and (bits.get(line, 0) & bit or not in_place(survey.text, start, end, resources)):
                    signs ^= bit
            if signs:
                bits[line] = bits.get(line, 0) | signs
        return bits

    def _lines(self, survey: Survey) -> list[tuple[int, int]]:
        """The lines that rules may have to be asked about, and which rules."""
        openings, closings = survey.openings(), survey.closings()
        dull_openings, dull_closings = self._dull.among(openings), self._dull.among(closings)
        found: list[tuple[int, int]] = []
        for line in (~dull_openings | ~dull_closings).nonzero()[0].tolist():
            bits = 0
            if dull_openings[line]:
                bits = self._any_opening
            else:
                word = survey.text[survey.starts[survey.first[line]] : survey.ends[survey.first[line]]]
                opened = _judged(word, self._openings, self._by_opening)
                if not opened:
                    self._dull.add(int(openings[line]))
                bits = self._any_opening | opened
            if dull_closings[line]:
                bits &= self._any_closing
            else:
                closed = _judged(survey.closing(line), self._closings, self._by_closing)
                if not closed:
                    self._dull.add(int(closings[line]))
                bits &= self._any_closing | closed
            if bits:
                found.append((line, bits))
        return found

    def _besides(self, articles: Sequence[Article], survey: Survey) -> list[Besides]:
        """What can be said of whole articles."""
        copies, nearly = _copies(survey)
        bare = _bare(survey)
        pairs = survey.marks_of(empty_quotes.PAIRS)
        repeats = survey.repeats(repeated_word.LONGEST)
        names = self._names.places(survey)
        forms = self._forms.places(survey)
        return [
            {
                duplicate_caption.RULE.code: i in copies,
                near_caption.RULE.code: i in nearly or _is_left_open(article.text),
                repeated_word.RULE.code: article.lines_at(repeats[i]),
                letter_case.RULE.code: _is_left_open(article.text) or article.lines_at(names[i]),
                known_garble.RULE.code: _is_left_open(article.text) or article.lines_at(forms[i]),
                empty_quotes.RULE.code: article.lines_at(
                    at for marks, at in pairs[i] if not empty_quotes.paired(marks)
                ),
                "NTM103": i in bare,
            }
            for i, article in enumerate(articles)
        ]


def _is_left_open(text: str) -> bool:
    return any(c in text for c in _LEFT_OPEN)


def _judged(text: str, known: dict[str, int], rules: Sequence[tuple[int, Callable[[str], bool]]]) -> int:
    """The rules, as bits, that answer yes."""
    bits = known.get(text, -1)
    if bits < 0:
        bits = sum(bit for bit, asks in rules if asks(text))
        if len(known) > 1 << 16:
            known.clear()
        if bits:
            known[text] = bits
    return bits


def _copies(survey: Survey) -> tuple[set[int], set[int]]:
    """The texts that may have a paragraph twice, and those that may have it nearly so."""
    # Where lines may be parts of paragraphs, lines tell nothing.
    exact = survey.wrapped(WRAP_WIDTHS, FEWEST_WRAPPED)
    nearly = set(exact)
    for later, earlier in survey.beginning_alike(duplicate_caption.ADJACENT_WORDS, 2):
        text = int(survey.line_texts[later])
        if text not in exact and survey.line(earlier).split() == survey.line(later).split():
            exact.add(text)
    nearly |= survey.beginning_again()
    # Below a date the first line is not the headline.
    nearly |= {int(survey.line_texts[line]) for line in survey.first_lines() if is_date(survey.line(line))}
    for line in survey.twice(near_caption.HALF_WORDS):
        text = int(survey.line_texts[line])
        if text not in nearly and near_caption.is_twice(survey.line(line)):
            nearly.add(text)
    for later, earlier in survey.nearly_alike(near_caption.FARTHEST):
        text = int(survey.line_texts[later])
        if text in nearly:
            continue
        one, other = survey.line(earlier), survey.line(later)
        credited = any(c in line for line in (one, other) for c in near_caption.CREDIT_MARKS)
        if (credited or abs(survey.sizes[earlier] - survey.sizes[later]) <= 1) and near_caption.may_be_copies(
            one, other
        ):
            nearly.add(text)
    return exact, nearly


def _bare(survey: Survey) -> set[int]:
    """The texts with paragraphs that may lack marks."""
    found = {i for i, end in enumerate(survey.offsets[1:]) if survey.is_bare(survey.offsets[i], end - 1, FEW_BYTES)}
    lines = survey.bare_lines(FEW_BYTES)
    for line in lines:
        number = int(survey.line_texts[line])
        if number in found:
            continue
        start, end = int(survey.line_starts[line]), int(survey.line_ends[line])
        if len(_WORD.findall(survey.text, start, end)) >= LEAST_WORDS:
            found.add(number)
            continue
        low, high = survey.block(line)
        if survey.is_bare(low, high, FEW_BYTES):
            found.add(number)
    return found
