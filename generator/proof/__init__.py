"""Checks of the finished PDF: what its pages show, and what its file holds."""
