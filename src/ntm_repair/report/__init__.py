"""Findings and edits as a reader or a program wants them."""
