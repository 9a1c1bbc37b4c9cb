"""Who may sign: keys admitted, retired and got back, lines adopted, campaigns taken over."""
