"""Which rules an article has to be asked by, and where: a set question over its raw words, and little more.

Most of an article is words that no rule can find anything in. Each form is judged once, by every rule that names the
words its hits have (`Rule.in_word`), and remembered; a line whose words are all known to be dull costs one set
operation. What is passed over is only what the rules would pass over too: a test holds scans with signs and without
them equal.
"""

from __future__ import annotations

from collections.abc import Sequence

from ntm_repair.article import Article, Foreseen
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.rules.split_word import is_rare
from ntm_repair.segment import lines

MARKS = '(".,;:!?)'
"""What may stand around a word without belonging to it."""
AFTER = (",", ".", ";", ":", "!", "?", ")", '"', "),", ").", '",', '."', '".', "...")
"""Such marks where they belong after a word; before it, a quote does."""
_BEFORE = frozenset(("", '"'))
_AFTER = frozenset(("", *AFTER))
_BOUND = 1 << 16
"""Raw words remembered; when there are more, all are forgotten."""


class Signs:
    """The raw words seen so far, by the rules they are signs for."""

    def __init__(self, rules: Sequence[Rule], resources: Resources) -> None:
        self.rules = rules
        self.telling: dict[str, int] = {}
        """Raw words that are signs, and for which rules, as bits in their order."""
        self.line_rules = [(1 << i, rule) for i, rule in enumerate(rules) if rule.in_line]
        self.resources = resources
        self._dull: set[str] = set()
        self._is_wall = resources.evidence.is_wall
        self._word_rules = [(1 << i, rule.in_word) for i, rule in enumerate(rules) if rule.in_word]
        self._asked = [
            (1 << i, rule, not (rule.in_word or rule.in_line or rule.in_text)) for i, rule in enumerate(rules)
        ]

    def look(self, article: Article) -> list[Rule]:
        """The rules that may find something, in order; `article.marked` says where."""
        known = article.memo.get("asked")
        if isinstance(known, tuple) and known[0] is self:
            return list(known[1])
        asked = self._asked_of(article)
        article.memo["asked"] = self, asked
        return asked

    def _asked_of(self, article: Article) -> list[Rule]:
        text = article.text
        if "\u2028" in text or "\u2029" in text:
            return list(self.rules)  # rare, and a break to some rules only
        foreseen = article.foreseen
        if foreseen is None or foreseen.by is not self:
            foreseen = Foreseen(self, self._marks(text), {})
        seen = 0
        for _, _, signs in foreseen.marks:
            seen |= signs
        asked: list[Rule] = []
        for bit, rule, always in self._asked:
            besides = foreseen.besides.get(rule.code, True)
            if besides is True:
                besides = always if rule.in_text is None else rule.in_text(article)
            if besides or seen & bit:
                asked.append(rule)
            if besides is not True:
                if not (besides or seen & bit):
                    article.marked[rule.code] = ()
                else:
                    spans = {(first, last) for first, last, signs in foreseen.marks if signs & bit}
                    article.marked[rule.code] = sorted(spans.union(besides or ()))
        return asked

    def _marks(self, text: str) -> list[tuple[int, int, int]]:
        """The lines with signs: begin, end, and for which rules, as bits in their order."""
        marks: list[tuple[int, int, int]] = []
        dull, telling, line_rules = self._dull, self.telling, self.line_rules
        for start, end in lines(text):
            line = text[start:end]
            raw = line.split()
            if raw:
                signs = 0
                if not dull.issuperset(raw):
                    for word in set(raw).difference(dull):
                        signs |= telling[word] if word in telling else self.judge(word)[0]
                for bit, rule in line_rules:
                    if not signs & bit and rule.in_line is not None and rule.in_line(line):
                        signs |= bit
                if signs:
                    marks.append((start, end, signs))
        return marks

    def _is_rare(self, word: str) -> bool:
        return is_rare(word.lower(), self.resources.context)

    def _of_form(self, word: str) -> int:
        if len(word) > 1 and (word.isdecimal() or (word.isalpha() and self._is_wall(word) and not self._is_rare(word))):
            return 0  # a number, a marked syllable that may well stand by itself: no rule finds anything in that
        signs = 0
        for bit, in_word in self._word_rules:
            if in_word(word, self.resources):
                signs |= bit
        return signs

    @staticmethod
    def _plain_marks(word: str, core: str) -> bool:
        """Whether what stands around the core is a mark where it belongs."""
        if word == core:
            return True
        before, _, after = word.partition(core)
        return before in _BEFORE and after in _AFTER

    def judge(self, word: str) -> tuple[int, bool]:
        """The signs of a word not seen before, and whether it has them by the plain word in it, marks around aside."""
        if len(self._dull) + len(self.telling) > _BOUND:
            self._dull.clear()
            self.telling.clear()
        core = word.strip(MARKS)
        plain = len(core) > 1 and core.isalnum() and self._plain_marks(word, core)
        if plain and core != word:
            # A word with a stop or so after it, an opening bracket before it: what it says it says without them.
            signs = 0 if core in self._dull else self.telling.get(core, -1)
            if signs < 0:
                signs = self._of_form(core)
        else:
            signs = self._of_form(word)
        if signs:
            self.telling[word] = signs
        else:
            self._dull.add(word)
        return signs, plain or word.isalnum()
