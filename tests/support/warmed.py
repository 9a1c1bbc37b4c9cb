"""Read by the process that tests fork others from, and by nothing else."""

from tests.support.warm import preload

preload()
