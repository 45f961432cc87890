"""`python -m ntm_repair`."""

from __future__ import annotations

from ntm_repair.cli import main

if __name__ == "__main__":
    main()
