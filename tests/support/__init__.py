"""What several tests use: a browser, a campaign, harmful edits, tiny packages."""
