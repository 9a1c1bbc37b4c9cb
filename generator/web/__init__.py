"""The page for volunteers and organisers: a shell over the use cases, like the command line."""
