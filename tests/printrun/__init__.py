"""Tests of the room `printrun`."""
