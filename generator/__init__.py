"""Print leaflets in many languages, each sentence checked and signed by people who speak it."""

__version__ = "0.1.0"
