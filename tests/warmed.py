"""Read by the process that tests fork others from, and by nothing else."""

from .warm import preload

preload()
