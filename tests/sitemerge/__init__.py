"""Tests of the room `sitemerge`."""
