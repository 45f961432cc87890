"""Steps for other people's engines. Each module needs its engine's package and is imported by its users only."""
