"""Vietnamese from before Unicode, and Unicode read as something else: tables, exact decoding, recognition."""
