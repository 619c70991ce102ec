"""What can be permitted."""

from enum import StrEnum


class Permission(StrEnum):
    SEE_BRANCHES = "branches.see"
    CHANGE_BRANCHES = "branches.change"
    SEE_PEOPLE = "people.see"
    CHANGE_PEOPLE = "people.change"
    SEE_EVENTS = "events.see"
    RUN_EVENTS = "events.run"
    SEE_SCORES = "scores.see"
    SEE_EVIDENCE = "evidence.see"
    CHANGE_POSTS = "posts.change"
    PUBLISH_STANDARD = "standard.publish"
    COMPUTE_SCORES = "scores.compute"
    CLOSE_PERIOD = "period.close"
    REGISTER_FACTS = "facts.register"
    MANAGE_USERS = "users.manage"
    READ_JOURNAL = "journal.read"
    KEEP_KEYS = "keys.keep"
