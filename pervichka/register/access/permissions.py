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
    # Campaigns by e-mail, in numbers; to write and send them; to be the second person for one.
    SEE_MESSAGES = "messages.see"
    SEND_MESSAGES = "messages.send"
    APPROVE_MESSAGES = "messages.approve"
    # To say what stands under campaigning, and on which days nobody campaigns.
    NAME_IMPRINTS = "imprints.name"
    KEEP_CALENDAR = "calendar.keep"
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
