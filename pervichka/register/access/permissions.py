"""What can be permitted."""

from enum import StrEnum


class Permission(StrEnum):
    SEE_BRANCHES = "branches.see"
    CHANGE_BRANCHES = "branches.change"
    SEE_PEOPLE = "people.see"
    CHANGE_PEOPLE = "people.change"
    SEE_EVENTS = "events.see"
    RUN_EVENTS = "events.run"
    # To say that what the branch above entered for one's own branch is true.
    CONFIRM_ENTRIES = "entries.confirm"
    # To see to appeals of residents; who asked is shown to the branch that sees to it alone.
    HANDLE_APPEALS = "appeals.handle"
    SEE_SCORES = "scores.see"
    SEE_EVIDENCE = "evidence.see"
    # To see who holds what. Names of holders need SEE_PEOPLE besides.
    SEE_ACCESS = "access.see"
    # To open, fill and end posts of those roles that one's own role grants.
    CHANGE_POSTS = "posts.change"
    PUBLISH_STANDARD = "standard.publish"
    COMPUTE_SCORES = "scores.compute"
    CLOSE_PERIOD = "period.close"
    # To propose texts that people agree to, and to be the second person for another's.
    PUBLISH_TEXTS = "texts.publish"
    # To say who answers for personal data in a branch.
    NAME_CONTROLLERS = "controllers.name"
    # The ledger of legal bases: totals, its chain, and a person by their code, without a name.
    READ_LEDGER = "ledger.read"
    REGISTER_FACTS = "facts.register"
    MANAGE_USERS = "users.manage"
    READ_JOURNAL = "journal.read"
    RECEIVE_PRESSURE = "pressure.receive"
    # To write in bulk what is past, without the rules of the single acts.
    LOAD_IN_BULK = "bulk.load"
    ISSUE_SLIPS = "slips.issue"
    KEEP_KEYS = "keys.keep"
    KEEP_DATABASE = "database.keep"
    # To be the second person for a large export of people.
    APPROVE_EXPORTS = "exports.approve"
    # To let an account be shown more rows about people on a day than its level allows.
    RAISE_BUDGETS = "budgets.raise"
