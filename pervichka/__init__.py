"""Pervichka: a nationwide membership organisation's branches, their work and their standard."""

__version__ = "0.1.0"
