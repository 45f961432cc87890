"""Which words of a Vietnamese paragraph are English, and how sure that is."""
