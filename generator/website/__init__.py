"""What residents open on a phone."""
