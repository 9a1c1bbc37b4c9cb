"""Who stands behind a line: keys, chains of signed lines, and who may sign for whom."""
