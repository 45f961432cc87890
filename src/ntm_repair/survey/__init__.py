"""A first look at the raw words and lines of many articles at once: what the signs of rules are looked up by.

A raw word is what stands between white space; it is known by a number, its hash with every digit as "0": no rule asks
which digit it is. A comma or stop after it and a quote before it belong to it only where what they enclose is no plain
word. A line is what stands between "\\n". Nothing here knows a rule; `rules.signs` asks the questions. numpy is loaded
with this module: a scan of one article does without. Offsets are code points.
"""

from ntm_repair.survey.remembered import Remembered
from ntm_repair.survey.texts import Survey

__all__ = ["Remembered", "Survey"]
