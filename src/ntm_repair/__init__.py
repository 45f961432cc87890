"""Find, explain and repair Vietnamese articles that a machine has garbled; a person decides every change."""

__version__ = "0.1.0"
