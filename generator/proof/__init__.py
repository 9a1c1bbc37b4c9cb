"""What is looked at on the finished page."""
