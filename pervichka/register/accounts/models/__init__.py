"""Users, how they get in, and the mark of an organisation that is made up."""

from pervichka.register.accounts.models.codes import SignInCode
from pervichka.register.accounts.models.devices import Device
from pervichka.register.accounts.models.made_up import MadeUpOrganisation
from pervichka.register.accounts.models.own_links import OwnLink, OwnLinkWay
from pervichka.register.accounts.models.sessions import Session
from pervichka.register.accounts.models.slips import SignInSlip
from pervichka.register.accounts.models.tallies import Tally
from pervichka.register.accounts.models.users import User, UserManager

__all__ = [
    "Device",
    "MadeUpOrganisation",
    "OwnLink",
    "OwnLinkWay",
    "Session",
    "SignInCode",
    "SignInSlip",
    "Tally",
    "User",
    "UserManager",
]
