"""Paper, spreadsheet and phone file for readers, out and back."""
