"""A first look at all words of a text at once: which are neighbours, which pairs are uncommon, what stands twice.

Below one Python object a word there is only arithmetic over whole arrays. The text is taken as code points; a table
gives each its class and its lower case; words are where letters begin and end; their hashes come from one running sum
and those of neighbours from one multiplication, in the form that `packed` tables are asked by. What is said here is
what the scalar functions of `tokens` and `context` say of each word and pair, at a twentieth of the cost; numpy is
loaded when the first text is looked at.

Offsets are code points. Words are runs of letters, marks, digits and "_", lower-cased letter by letter, with the tone
mark where the counts have it (`fold_tone_placement`). A word of `packed.LONGEST` code points and more has the hash 0.
"""

from ntm_repair.glance.codes import BLANK
from ntm_repair.glance.hashing import hashes_of, stirred_many
from ntm_repair.glance.pairs import Pairs
from ntm_repair.glance.words import Glance

__all__ = ["BLANK", "Glance", "Pairs", "hashes_of", "stirred_many"]
