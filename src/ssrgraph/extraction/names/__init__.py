"""Names in texts: found by reference data and by their form, joined with what refers to them, made into entities."""
