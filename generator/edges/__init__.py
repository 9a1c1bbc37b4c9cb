"""Files, fonts, pages and PDFs: everything that touches the world outside."""
