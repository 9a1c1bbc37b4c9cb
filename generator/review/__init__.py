"""Who read what: ledger, state, signatures, comments, undo, extract and merge, the snapshot of all."""
