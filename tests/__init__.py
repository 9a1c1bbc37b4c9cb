"""Tests: behaviour on real input."""
