"""Garbled Vietnamese: words that are well spelt and badly put together."""
