"""Where all stands: status, matrix, needs, check, chart, doctor, and a new campaign."""
