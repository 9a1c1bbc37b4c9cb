"""Tests of the room `blocks`."""
