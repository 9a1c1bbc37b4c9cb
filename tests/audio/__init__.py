"""Tests of the room `audio`."""
