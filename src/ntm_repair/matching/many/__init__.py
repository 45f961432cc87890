"""Many articles at once, over arrays: which of them, and which words of those, the engine has to look at."""
