"""Many articles at once: files and records over processes, in order and resumable; the same bytes however many."""
