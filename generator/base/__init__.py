"""Files, YAML, JSON lines, digests, names and text: what knows nothing of leaflets."""
