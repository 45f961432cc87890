"""What the program learns from its user: terms of clean articles, and what decisions say about repairs.

Nothing learned takes effect by itself: it is written as proposals into files that the user edits and then names.
"""
