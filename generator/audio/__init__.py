"""Recordings: a sentence read aloud by somebody who speaks the language."""
