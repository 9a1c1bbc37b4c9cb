"""What people write: leaflets, facts, sites, glossary, sheets, printers, languages, dates."""
