"""Who read what: ledger, support and state, extract and merge, the snapshot of all."""
