"""Tests of the room `imposition`."""
