"""Who may do what: one line for every route. A route without one fails the tests.

    "web:thing": needs(SEE_EVENTS, SEE_PEOPLE),                      a page of one thing
    "web:thing-change": needs(RUN_EVENTS, body="reason=why"),        and its form
    "web:things": needs(SEE_EVENTS, query="branch={branch}"),        a list and its filter
    "GET /things": …                                                 the same for the API

A braced name stands for something of a room (`rooms.py`): `{branch}`, `{event}`, `{person}` …;
`KNOWN` (`policies.py`) says what an address's parameters name. The permissions are demanded there; besides, the
answers about other parts of the tree must be no different from those about what isn't there.
"""

from typing import Final

from pervichka.register.access.permissions import Permission
from pervichka.register.access.roles import ROLES, BranchSecretary, Role
from tests.surfaces.access_matrix.policies import Command, Policy, everyone, may, needs, signed_in
from tests.surfaces.access_matrix.rooms import MONTH, Relation, Room

P = Permission

# ---------------------------------------------------------------- conditions besides permissions


def in_own_branch(_role: type[Role], relation: Relation, _room: Room) -> bool:
    """Names open to the branch's own post-holders alone."""
    return relation == "own"


def a_secretary(role: type[Role], _relation: Relation, _room: Room) -> bool:
    return role is BranchSecretary


def granting(role: type[Role], _relation: Relation, room: Room) -> bool:
    """Whoever may grant the role that the room's holder has."""
    return room.role in role.grants


def granting_any(role: type[Role], _relation: Relation, room: Room) -> bool:
    return any(
        not ROLES[code].delegated and (room.is_primary or not ROLES[code].primary_only)
        for code in role.grants
    )


def second_person(role: type[Role], _relation: Relation, room: Room) -> bool:
    return room.proposed in role.approves


def with_no_fewer_rights(role: type[Role], _relation: Relation, room: Room) -> bool:
    """A slip opens nothing that its printer may not do."""
    return ROLES[room.role].permissions <= role.permissions


def asked(_role: type[Role], relation: Relation, _room: Room) -> bool:
    """The unit above the one that asked answers."""
    return relation == "child"


# ---------------------------------------------------------------- pages, the API, commands

_PLAN = "kind=council&title=X&day=2099-01-02&begins=18:00&step=save"
_MESSAGE = "title=x&purpose=branch_work&subject_ru=y&body_ru=z&affiliation=member"
_FILES = ("form=csv", "form=xlsx")
_NAMED: Final[dict[str, object]] = {"only": in_own_branch}
_BEGUN: Final[dict[str, object]] = {"path": {"event_id": "{begun}"}}

PAGES: Final[dict[str, Policy]] = {
    "api:openapi-json": everyone(),
    "api:openapi-view": everyone(),
    "api:api-root": everyone(),
    "set_language": everyone(body="language=en"),
    # Signing in, and one's own account.
    "web:front": everyone(),
    "web:sign-in": everyone(body="name=nobody&password=wrong"),
    "web:second-step": everyone(body="code=000000"),
    "web:confirm": everyone(body="password=wrong"),
    "web:sign-out": everyone(reads=False, body="x=x"),
    "web:slip-enter": everyone(body="number=0000000&digits=00000000"),
    "web:slip": everyone(body="x=x"),
    "web:demo-sign-in": everyone(reads=False, body="name={user}"),
    "web:home": signed_in(),
    "web:welcome": signed_in(body="language=en"),
    "web:security": signed_in(),
    "web:password": signed_in(body="password=short"),
    "web:factor-add": signed_in(body="code=000000"),
    "web:factor-codes": signed_in(),
    "web:factor-remove": signed_in(reads=False, body="x=x"),
    "web:end-devices": signed_in(reads=False, body="device={device}"),
    "web:choose-post": signed_in(body="post={post}"),
    # What one's post shows.
    "web:overview": signed_in(also=(*_FILES, "view=table")),
    "web:branch": needs(P.SEE_BRANCHES, of_tree=True),
    "web:silent": needs(P.SEE_BRANCHES, of_tree=True, also=_FILES),
    "web:branch-help": needs(P.SEE_BRANCHES, P.RUN_EVENTS, of_tree=True, body="words=why"),
    "web:evidence": needs(P.SEE_BRANCHES, P.SEE_EVIDENCE, of_tree=True, also=("form=csv", "side=missed")),
    "web:evidence-mistake": needs(P.SEE_BRANCHES, P.SEE_EVIDENCE, of_tree=True, body="words=why"),
    "web:reach": needs(P.SEE_BRANCHES, also=(*_FILES, "q=Zown", "region=RU-AA")),
    "web:request": needs(P.SEE_EVIDENCE, body="words=why", to_send=asked),
    "web:standard": everyone(),
    "web:standard-version": everyone(),
    "web:person": needs(P.SEE_PEOPLE),
    # From above a branch a reason is given first.
    "web:person-reach": needs(P.SEE_PEOPLE, only=in_own_branch, reads=False, body="use=show", changes=False),
    # Events.
    "web:event-list": needs(P.SEE_EVENTS, query="branch={branch}", of_tree=True, also=("form=csv",)),
    "web:event-plan": needs(P.SEE_BRANCHES, P.RUN_EVENTS, query="branch={branch}", of_tree=True, body=_PLAN),
    "web:event": needs(P.SEE_EVENTS),
    "web:event-minutes": needs(P.SEE_EVENTS),
    "web:event-invite": needs(P.RUN_EVENTS, **_NAMED, body="affiliation=supporter"),
    "web:event-invited": needs(P.RUN_EVENTS, **_NAMED, body="person={person}&answer=yes"),
    "web:event-came": needs(P.RUN_EVENTS, **_NAMED, **_BEGUN, body="person={person}"),
    "web:event-sheet": needs(P.RUN_EVENTS, **_NAMED),
    "web:event-screen": needs(P.RUN_EVENTS, **_BEGUN, body="do=open"),
    "web:event-screen-code": needs(P.RUN_EVENTS, **_BEGUN),
    "web:event-decided": needs(P.RUN_EVENTS, **_BEGUN, body="agenda=x&text=y&decision=z&for=1&against=0&abstained=0"),
    "web:event-correct": needs(P.RUN_EVENTS, body=f"{_PLAN}&reason=why"),
    "web:event-confirm": needs(P.RUN_EVENTS, P.CONFIRM_ENTRIES, **_NAMED, **_BEGUN, reads=False, body="x=x"),
    "web:event-cancel": needs(P.RUN_EVENTS, body="reason=why"),
    "web:link-enter": everyone(body="token=x"),
    "web:link": everyone(body="do=answer&answer=yes"),
    "web:check-in": everyone(path={"code": "000000"}, body="token=x"),
    # Messages.
    "web:message-list": needs(P.SEE_MESSAGES),
    "web:message-write": needs(P.SEE_BRANCHES, P.SEND_MESSAGES, query="branch={branch}", of_tree=True, body=_MESSAGE),
    "web:message": needs(P.SEE_MESSAGES),
    "web:message-change": needs(P.SEND_MESSAGES, body=_MESSAGE),
    "web:message-progress": needs(P.SEE_MESSAGES),
    "web:message-plan": needs(P.SEND_MESSAGES, reads=False, body="at=x", changes=False),
    "web:message-do": needs(P.SEND_MESSAGES, reads=False, body="do=keep&name=x"),
    "web:message-decide": needs(P.APPROVE_MESSAGES, reads=False, body="do=approve", changes=False),
    # Posts.
    "web:access": needs(P.SEE_ACCESS, query="branch={branch}", of_tree=True, also=("signed_in=no",)),
    "web:access-grant": needs(P.SEE_BRANCHES, P.CHANGE_POSTS, query="branch={branch}", only=granting_any, of_tree=True, body="user=acts-nobody&role={grantable}&step=save", to_send=granting),
    "web:access-waiting": needs(P.SEE_ACCESS, body="proposal={proposal}&do=approve", to_send=second_person),
    "web:access-helpers": needs(only=a_secretary, body="ends=2099-01-01", changes=False),
    "web:access-end": needs(P.SEE_ACCESS, P.CHANGE_POSTS, only=granting, body="x=x"),
    "web:people": needs(P.SEE_BRANCHES, P.SEE_PEOPLE, query="branch={branch}", of_tree=True),
    "web:pressure": needs(P.RECEIVE_PRESSURE),
    "web:texts": signed_in(),
    "web:ledger": needs(P.READ_LEDGER),
    "web:alive": everyone(),
    "web:ready": everyone(),
    "web:own-ask": everyone(body="to=nobody@example.org"),
    "web:sheets": needs(P.CHANGE_PEOPLE),
    "web:texts-waiting": needs(P.PUBLISH_TEXTS),
    "web:branch-controller": needs(P.SEE_BRANCHES, P.NAME_CONTROLLERS, of_tree=True),
    "web:sign-ins": needs(P.ISSUE_SLIPS, also=("who=all",)),
    "web:sign-ins-print": needs(P.ISSUE_SLIPS, reads=False, body="holding={holding}&language=en", to_send=with_no_fewer_rights),
}  # fmt: skip

_A_PLAN: Final = {"branch": "{branch}", "kind": "council", "title": "X", "starts_at": "2099-01-02T18:00:00+03:00"}  # fmt: skip
_A_MESSAGE: Final = {"branch": "{branch}", "title": "X", "purpose": "branch_work", "affiliations": ["member"], "subject_ru": "Y", "body_ru": "Z"}  # fmt: skip

API: Final[dict[str, Policy]] = {
    "GET /branches": signed_in(query="parent={branch}", of_tree=True),
    "GET /tree": needs(P.SEE_BRANCHES, query="under={branch}&depth=2", of_tree=True),
    "GET /branches/{code}": needs(P.SEE_BRANCHES, of_tree=True),
    "GET /people": needs(P.SEE_BRANCHES, P.SEE_PEOPLE, query="branch={branch}", of_tree=True, also=("search=Zperson", "affiliation=member")),
    "GET /people/{id}": needs(P.SEE_PEOPLE, path={"id": "{person}"}),
    "GET /events": needs(P.SEE_BRANCHES, query="branch={branch}", of_tree=True),
    "POST /events": needs(P.SEE_BRANCHES, P.RUN_EVENTS, json=_A_PLAN),
    "GET /events/{id}": needs(P.SEE_EVENTS, path={"id": "{event}"}),
    "POST /events/{id}/cancel": needs(P.RUN_EVENTS, path={"id": "{event}"}, json={"reason": "why"}),
    "PUT /events/{id}/ticks": needs(P.RUN_EVENTS, path={"id": "{begun}"}, json={"people": ["{person}"]}),
    "GET /messages": needs(P.SEE_MESSAGES),
    "POST /messages": needs(P.SEE_BRANCHES, P.SEND_MESSAGES, json=_A_MESSAGE),
    "GET /messages/{id}": needs(P.SEE_MESSAGES, path={"id": "{campaign}"}),
    "POST /messages/{id}/plan": needs(P.SEND_MESSAGES, path={"id": "{campaign}"}, json={}, changes=False),
    "POST /messages/{id}/stop": needs(P.SEND_MESSAGES, path={"id": "{campaign}"}, json={}, changes=False),
    "GET /access": needs(P.SEE_ACCESS),
    "GET /access/waiting": needs(P.SEE_ACCESS),
    "GET /standards": signed_in(),
    "GET /periods": signed_in(),
    "GET /scores": needs(P.SEE_BRANCHES, query=f"period={MONTH}&branch={{branch}}", of_tree=True),
    "GET /explain": needs(P.SEE_BRANCHES, P.SEE_EVIDENCE, query=f"period={MONTH}&branch={{branch}}&indicator=came", of_tree=True, also=("side=missed",)),
}  # fmt: skip

_PEOPLE: Final = "external_id,last_name,branch\nnew-1,Newcomer,{branch}\n"
_FACTS: Final = "kind,branch,occurred_on,source,source_id\nmeeting.held,{branch},2026-01-10,x,1\n"
_TREE: Final = "code,parent,level,name\nnew-branch,{branch},primary,New\n"
_LIST: Final = "region,territory,number,registered_voters\n{branch},T,1,10\n"

COMMANDS: Final[dict[str, Command]] = {
    "demo": Command(machine=True),
    "serve": Command(machine=True),
    "worker": Command(machine=True),
    "bench": Command(machine=True),
    "doctor": Command(machine=True),
    "branches import": may(P.CHANGE_BRANCHES, whole=True, of_tree=True, arguments="{file}", file=_TREE),
    "precincts import": may(P.CHANGE_BRANCHES, whole=True, of_tree=True, arguments="{file}", file=_LIST),
    "people import": may(P.CHANGE_PEOPLE, by_row=True, arguments="{file}", file=_PEOPLE),
    "facts register": may(P.REGISTER_FACTS, arguments="x.a.b --purpose why", changes=True),
    "facts kinds": Command(),
    "facts import": may(P.REGISTER_FACTS, arguments="{file}", file=_FACTS, changes=True),
    "standard check": Command(arguments="{standard}"),
    "standard publish": may(P.PUBLISH_STANDARD, whole=True, of_tree=True, arguments="{standard}"),
    "standard list": Command(),
    "standard show": Command(arguments="work"),
    "standard replay": may(P.SEE_SCORES, arguments=f"{{standard}} --from {MONTH} --to {MONTH}"),
    "score": may(P.COMPUTE_SCORES, whole=True, of_tree=True, arguments=f"--period {MONTH}"),
    "scores export": may(P.SEE_SCORES, arguments=f"--period {MONTH} --output {{out}}"),
    "period close": may(P.CLOSE_PERIOD, whole=True, of_tree=True, arguments=f"{MONTH.plus(-1)}"),
    "period verify": may(P.SEE_SCORES),
    "explain": may(P.SEE_BRANCHES, P.SEE_EVIDENCE, of_tree=True, arguments=f"{{branch}} came --period {MONTH}"),
    "user create": may(P.MANAGE_USERS, P.CHANGE_POSTS, arguments="--branch {branch} --post local_head", changes=True),
    "backup": may(P.KEEP_DATABASE, arguments="{out}"),
    "restore": may(P.KEEP_DATABASE, arguments="{out}"),
    "db url": may(P.KEEP_DATABASE),
    "db shell": may(P.KEEP_DATABASE),
    "keys status": may(P.KEEP_KEYS),
    "keys rotate": may(P.KEEP_KEYS),
    "journal verify": may(P.READ_JOURNAL, whole=True),
    "ledger verify": may(P.READ_JOURNAL, whole=True),
}  # fmt: skip

# What the matrix can't fill in yet: the tests in which each is tried by those who may and may not.
_WEB: Final = "tests/surfaces/web"
TRIED_BESIDES: Final[dict[str, str]] = {
    "/^api(?:/|$)": "tests/surfaces/api/test_answers.py",
    "web:passkey-enter": "tests/journeys/test_passkey.py",
    "web:passkey-add": "tests/journeys/test_passkey.py",
    "web:code-ask": f"{_WEB}/account/test_codes.py",
    "web:code-enter": f"{_WEB}/account/test_codes.py",
    "web:access-factor": "tests/register/posts/test_resetting_a_factor.py",
    "web:evidence-name": f"{_WEB}/people/test_reasons.py",
    "web:journal": f"{_WEB}/journal/test_journal_pages.py",
    "web:journal-verify": f"{_WEB}/journal/test_journal_pages.py",
    "web:ledger-verify": f"{_WEB}/consents/test_pages.py",
    "web:ledger-person": f"{_WEB}/consents/test_pages.py",
    "web:own-link": f"{_WEB}/own/test_links.py",
    "web:own-leave": f"{_WEB}/own/test_links.py",
    "web:own-data": f"{_WEB}/own/test_my_data.py",
    "web:own-download": f"{_WEB}/own/test_my_data.py",
    "web:own-withdraw": f"{_WEB}/own/test_my_data.py",
    "web:own-correct": f"{_WEB}/own/test_my_data.py",
    "web:own-pressed": f"{_WEB}/own/test_my_data.py",
    "web:own-delete": f"{_WEB}/own/test_my_data.py",
    "web:person-reason": f"{_WEB}/people/test_reasons.py",
    "web:own-link-print": f"{_WEB}/own/test_links.py",
    "web:person-contact-confirm": f"{_WEB}/own/test_my_data.py",
    "web:pressure-handled": f"{_WEB}/own/test_my_data.py",
    "web:sheets-print": f"{_WEB}/consents/test_pages.py",
    "web:sheet": f"{_WEB}/consents/test_pages.py",
    "web:sheet-image": f"{_WEB}/consents/test_pages.py",
    "web:text-version": f"{_WEB}/consents/test_pages.py",
    "POST /people/{id}/reason": f"{_WEB}/people/test_reasons.py",
    "access list": "tests/surfaces/cli/test_access.py",
    "access waiting": "tests/surfaces/cli/test_access.py",
    "access grant": "tests/surfaces/cli/test_access.py",
    "access approve": "tests/surfaces/cli/test_access.py",
    "access refuse": "tests/surfaces/cli/test_access.py",
    "access end": "tests/surfaces/cli/test_access.py",
    "access helper": "tests/surfaces/cli/test_access.py",
    "controller name": "tests/surfaces/cli/test_texts.py",
    "controller show": "tests/surfaces/cli/test_texts.py",
    "controller end": "tests/surfaces/cli/test_texts.py",
    "people erase": "tests/surfaces/cli/test_erasing.py",
    "period late": "tests/surfaces/cli/test_acting.py",
    "web:message-leave": f"{_WEB}/messaging/test_leaving_page.py",
    "messages list": "tests/surfaces/cli/test_messages.py",
    "messages show": "tests/surfaces/cli/test_messages.py",
    "messages stop": "tests/surfaces/cli/test_messages.py",
    "messages receive": "tests/surfaces/cli/test_messages.py",
    "messages imprint": "tests/surfaces/cli/test_messages.py",
    "messages calendar": "tests/surfaces/cli/test_messages.py",
    "text check": "tests/surfaces/cli/test_texts.py",
    "text list": "tests/surfaces/cli/test_texts.py",
    "text publish": "tests/surfaces/cli/test_texts.py",
    "user reset-factor": "tests/register/posts/test_resetting_a_factor.py",
}
