"""The rules of the project, without files, fonts or clocks."""
