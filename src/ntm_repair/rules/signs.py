"""Which rules an article has to be asked by, and where: a set question over its raw words, and little more.

Most of an article is words that no rule can find anything in. Each form is judged once, by every rule that names the
words its hits have (`Rule.in_word`), and remembered; a line whose words are all known to be dull costs one set
operation. What is passed over is only what the rules would pass over too: a test holds scans with signs and without
them equal.
"""

from __future__ import annotations

from collections.abc import Sequence

from ntm_repair.article import Article, Resources
from ntm_repair.rules.base import Rule
from ntm_repair.segment import lines

_MARKS = '(".,;:!?)'
_BEFORE = frozenset(("", '"'))
_AFTER = frozenset(("", ",", ".", ";", ":", "!", "?", ")", '"', "),", ").", '",', '."', '".'))
_BOUND = 1 << 18
"""Raw words remembered; when there are more, all are forgotten."""


class Signs:
    """The raw words seen so far, by the rules they are signs for."""

    def __init__(self, rules: Sequence[Rule], resources: Resources) -> None:
        self._rules = rules
        self._resources = resources
        self._dull: set[str] = set()
        self._telling: dict[str, int] = {}
        self._is_wall = resources.evidence.is_wall
        self._word_rules = [(1 << i, rule.in_word) for i, rule in enumerate(rules) if rule.in_word]
        self._line_rules = [(1 << i, rule.in_line) for i, rule in enumerate(rules) if rule.in_line]
        self._always = sum(1 << i for i, r in enumerate(rules) if not (r.in_word or r.in_line or r.in_text))

    def look(self, article: Article) -> list[Rule]:
        """The rules that may find something, in order; `article.marked` says where."""
        marks: list[tuple[int, int, int]] = []
        seen = 0
        text = article.text
        if "\u2028" in text or "\u2029" in text:
            return list(self._rules)  # rare, and a break to some rules only
        dull, telling, line_rules = self._dull, self._telling, self._line_rules
        for start, end in lines(text):
            line = text[start:end]
            raw = line.split()
            if raw:
                signs = 0
                if not dull.issuperset(raw):
                    for word in set(raw).difference(dull):
                        signs |= telling[word] if word in telling else self._judge(word)
                for bit, in_line in line_rules:
                    if not signs & bit and in_line(line):
                        signs |= bit
                if signs:
                    seen |= signs
                    marks.append((start, end, signs))
        asked: list[Rule] = []
        for i, rule in enumerate(self._rules):
            bit = 1 << i
            besides = bool(self._always & bit) if rule.in_text is None else rule.in_text(article)
            if besides or seen & bit:
                asked.append(rule)
            if besides is not True:
                if not (besides or seen & bit):
                    article.marked[rule.code] = ()
                else:
                    spans = {(first, last) for first, last, signs in marks if signs & bit}
                    article.marked[rule.code] = sorted(spans.union(besides or ()))
        return asked

    def _of_form(self, word: str) -> int:
        if len(word) > 1 and ((word.isalpha() and self._is_wall(word)) or word.isdecimal()):
            return 0  # a marked syllable, a number: no rule finds anything in that
        signs = 0
        for bit, in_word in self._word_rules:
            if in_word(word, self._resources):
                signs |= bit
        return signs

    @staticmethod
    def _plain_marks(word: str, core: str) -> bool:
        """Whether what stands around the core is a mark where it belongs."""
        if word == core:
            return True
        before, _, after = word.partition(core)
        return before in _BEFORE and after in _AFTER

    def _judge(self, word: str) -> int:
        """The signs of a word not seen before."""
        if len(self._dull) + len(self._telling) > _BOUND:
            self._dull.clear()
            self._telling.clear()
        core = word.strip(_MARKS)
        if core != word and len(core) > 1 and core.isalnum() and self._plain_marks(word, core):
            # A word with a stop or so after it, an opening bracket before it: what it says it says without them.
            signs = 0 if core in self._dull else self._telling.get(core, -1)
            if signs < 0:
                signs = self._of_form(core)
        else:
            signs = self._of_form(word)
        if signs:
            self._telling[word] = signs
        else:
            self._dull.add(word)
        return signs
