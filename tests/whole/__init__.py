"""Tests of the project as a whole: its rooms, its lock, its check, a checkout in other hands."""
