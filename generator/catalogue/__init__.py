"""PO: entries, files, plural forms, sources, and how two wordings differ."""
