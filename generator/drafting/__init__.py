"""Machine drafts: engines, packages, masks, verification and drafting anew."""
