"""Plan, build, manifest, the record of what was printed, previews, and what runs them."""
