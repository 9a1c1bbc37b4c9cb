"""What a user asks for: extract, check, build and the rest."""
