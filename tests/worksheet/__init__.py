"""Tests of the room `worksheet`."""
