"""Roles: what the holder of a post may do over the post's subtree.

The first paragraph of each docstring is shown to whoever grants the role.
"""

from typing import ClassVar

from pervichka.register.access.permissions import Permission

_SEE = frozenset({Permission.SEE_BRANCHES, Permission.SEE_EVENTS, Permission.SEE_SCORES})


class Role:
    """What every role is: a code and a set of permissions."""

    code: ClassVar[str]
    permissions: ClassVar[frozenset[Permission]]


class Nobody(Role):
    """Holds no post: sees what is public."""

    code = "nobody"
    permissions = frozenset()


class Viewer(Role):
    """Sees branches, events and scores, and no one's personal data."""

    code = "viewer"
    permissions = _SEE


class BranchSecretary(Role):
    """Runs a primary branch: its people, its events, the evidence behind its score."""

    code = "branch_secretary"
    permissions = _SEE | {
        Permission.SEE_PEOPLE,
        Permission.CHANGE_PEOPLE,
        Permission.RUN_EVENTS,
        Permission.SEE_EVIDENCE,
    }


class LocalHead(Role):
    """Leads a local branch and helps its primary branches."""

    code = "local_head"
    permissions = BranchSecretary.permissions | {Permission.CHANGE_POSTS}


class RegionalHead(Role):
    """Leads a regional branch: its tree, its posts, its evidence."""

    code = "regional_head"
    permissions = LocalHead.permissions | {Permission.CHANGE_BRANCHES}


class HeadquartersEditor(Role):
    """Keeps the standard, has months computed and closes periods."""

    code = "headquarters_editor"
    permissions = _SEE | {
        Permission.SEE_EVIDENCE,
        Permission.PUBLISH_STANDARD,
        Permission.COMPUTE_SCORES,
        Permission.CLOSE_PERIOD,
    }


class DataProtectionOfficer(Role):
    """Registers kinds of facts that carry people, and reads the journal."""

    code = "data_protection_officer"
    permissions = _SEE | {
        Permission.REGISTER_FACTS,
        Permission.READ_JOURNAL,
        Permission.SEE_EVIDENCE,
    }


class Operator(Role):
    """Whoever runs the program on its own machine: everything, all of it journalled."""

    code = "operator"
    permissions = frozenset(Permission)


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        Nobody,
        Viewer,
        BranchSecretary,
        LocalHead,
        RegionalHead,
        HeadquartersEditor,
        DataProtectionOfficer,
        Operator,
    )
}
