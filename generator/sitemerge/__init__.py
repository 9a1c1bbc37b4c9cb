"""One layout for many places: a page is laid out once, and each site's facts are put in."""
