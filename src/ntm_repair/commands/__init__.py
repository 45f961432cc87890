"""What each command does, between the options (`cli`) and the pipeline. Each `run` returns the exit code."""
