"""One file a command: its first line is the command's in `leaflets --help`, its name the file's."""
