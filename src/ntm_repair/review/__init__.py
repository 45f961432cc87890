"""The human step: a session without input or output, and the faces that show it."""
