"""The ledger of legal bases: what is written to it, and the chain over it."""

from pervichka.register.people.ledger.chain import LEDGER
from pervichka.register.people.ledger.writing import Happening, write_ledger

__all__ = ["LEDGER", "Happening", "write_ledger"]
