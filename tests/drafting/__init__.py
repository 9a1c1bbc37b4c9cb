"""Tests of the room `drafting`."""
