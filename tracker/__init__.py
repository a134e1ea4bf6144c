"""Read reports of territorial change, place them, and map them by day."""

__version__ = "0.1.0"
