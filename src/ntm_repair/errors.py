"""What can go wrong with what the user gave, each with the sentence to say and the exit code to leave with."""

from __future__ import annotations

from ntm_repair.types import Message

EXIT_OK = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_UNREADABLE = 3
EXIT_STALE = 4
EXIT_INTERRUPTED = 130


class RepairError(Exception):
    """A failure the user can act on: one message (what, where, what to do) and an exit code, never a traceback."""

    exit_code = EXIT_USAGE

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        """The sentence in English, for programs that let it through; a face says `message` in its own language."""
        from ntm_repair.messages import say

        return say(self.message, "en")


class UsageError(RepairError):
    """Wrong options, no such input, a broken configuration, lexicon or log, or no terminal to ask on."""


class UnreadableError(RepairError):
    """An input that is there but holds no article: empty, binary, or in an encoding that cannot be told."""

    exit_code = EXIT_UNREADABLE


class StaleError(RepairError):
    """Recorded decisions that do not fit the text at hand."""

    exit_code = EXIT_STALE


class WriteError(RepairError):
    """A file that could not be written, or must not be: the article changed meanwhile, a full disk, no permission."""
