"""Who may do what: one line for every route. A route without one fails the tests.

    "web:thing": needs(SEE_EVENTS, SEE_PEOPLE),                      a page of one thing
    "web:thing-change": needs(RUN_EVENTS, body="reason=why"),        and its form
    "web:things": needs(SEE_EVENTS, query="branch={branch}"),        a list and its filter
    "GET /things": …                                                 the same for the API

A braced name stands for something of a room (`furnishing.py`): `{branch}`, `{event}`, `{person}` …;
`KNOWN` (`policies.py`) says what an address's parameters name. The permissions are demanded there;
besides, the answers about other parts of the tree must be no different from those about what isn't
there. Every line is tried with both locks on and with each alone.
"""

from datetime import timedelta
from typing import Final

from pervichka.register.access.permissions import Permission
from pervichka.register.access.roles import ROLES, BranchSecretary, Role
from tests.builders.pictures import a_picture
from tests.surfaces.access_matrix.policies import (
    Command,
    Policy,
    by_key,
    everyone,
    may,
    needs,
    of_oneself,
    signed_in,
)
from tests.surfaces.access_matrix.rooms import MONTH, TODAY, Relation, Room

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


def without_the_same_rights(role: type[Role], _relation: Relation, room: Room) -> bool:
    """Whoever could set the user's password too would open their sign-in alone."""
    return not ROLES[room.role].permissions <= role.permissions


def above_all(_role: type[Role], _relation: Relation, _room: Room) -> bool:
    """Over the whole tree: of those who ask here nobody is."""
    return False


def who_sees_people(role: type[Role], _relation: Relation, _room: Room) -> bool:
    return P.SEE_PEOPLE in role.permissions


def asked(_role: type[Role], relation: Relation, _room: Room) -> bool:
    """The unit above the one that asked answers."""
    return relation == "child"


def nobody(_role: type[Role], _relation: Relation, _room: Room) -> bool:
    """The local operator alone, who is at no post."""
    return False


# ---------------------------------------------------------------- pages, the API, commands

_WHY: Final = "to+check+a+record"
_PLAN = "kind=council&title=X&day=2099-01-02&begins=18:00&step=save"
_FILES = ("form=csv", "form=xlsx")
_NAMED: Final[dict[str, object]] = {"only": in_own_branch}
_TAKEN_DOWN = "channel=phone&subject=yard&words=x&name=x&phone=%2B79000000001&tell_by=phone"
_HOURS = "day=2099-01-05&begins=17:00&ends=19:00&venue=x&slot=15&weeks=1"
# A number and a code that open nothing; those that do are their holder's own.
_NOT_OPENING: Final[dict[str, object]] = {"path": {"number": "0", "code": "0000-0000-0000"}}
_NO_HOURS: Final[dict[str, object]] = {
    "path": {"surgery_id": "00000000-0000-0000-0000-000000000000"}
}
_BEGUN: Final[dict[str, object]] = {"path": {"event_id": "{begun}"}}

_OWN_NAME: Final = "last_name={own_name}&first_name=%D0%90%D0%BD%D0%BD%D0%B0&patronymic=%D0%9F%D0%B5%D1%82%D1%80%D0%BE%D0%B2%D0%BD%D0%B0&address="
_PNG: Final = a_picture(form="PNG")

PAGES: Final[dict[str, Policy]] = {
    "/^api(?:/|$)": everyone(at="/api/v1/nothing-is-here"),
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
    "web:slip": by_key("{slip}", body="x=x"),
    "web:code-ask": everyone(body="email=nobody@example.org"),
    "web:code-enter": everyone(body="code=00000000"),
    "web:passkey-enter": everyone(body="credential=x"),
    "web:demo-sign-in": everyone(reads=False, body="name={user}"),
    "web:home": signed_in(),
    "web:welcome": signed_in(body="language=en"),
    "web:security": signed_in(),
    "web:password": signed_in(body="password=short"),
    "web:factor-add": signed_in(body="code=000000"),
    "web:factor-codes": signed_in(),
    "web:passkey-add": signed_in(body="name=x&credential=x"),
    "web:factor-remove": signed_in(reads=False, body="x=x"),
    "web:end-devices": signed_in(reads=False, body="device={device}"),
    "web:choose-post": signed_in(body="post={post}"),
    # What one's post shows.
    "web:overview": signed_in(also=(*_FILES, "view=table")),
    "web:branch": needs(P.SEE_BRANCHES, of_tree=True),
    "web:silent": needs(P.SEE_BRANCHES, of_tree=True, also=_FILES),
    "web:branch-help": needs(P.SEE_BRANCHES, P.RUN_EVENTS, of_tree=True, body="words=why"),
    "web:evidence": needs(P.SEE_BRANCHES, P.SEE_EVIDENCE, of_tree=True, also=("form=csv", "side=missed")),
    "web:evidence-name": needs(P.SEE_BRANCHES, P.SEE_EVIDENCE, query="who={who}", of_tree=True, body=f"words={_WHY}", to_send=who_sees_people),
    "web:evidence-mistake": needs(P.SEE_BRANCHES, P.SEE_EVIDENCE, of_tree=True, body="words=why"),
    "web:reach": needs(P.SEE_BRANCHES, also=(*_FILES, "q=Zown", "region=RU-AA")),
    "web:request": needs(P.SEE_EVIDENCE, body="words=why", to_send=asked),
    "web:standard": everyone(),
    "web:standard-version": everyone(),
    "web:person": needs(P.SEE_PEOPLE),
    # From above a branch a reason is given first.
    "web:person-reach": needs(P.SEE_PEOPLE, only=in_own_branch, reads=False, body="use=show", changes=False),
    "web:person-reason": needs(P.SEE_PEOPLE, body=f"words={_WHY}"),
    "web:person-contact-confirm": needs(P.CHANGE_PEOPLE, path={"contact_id": "{unconfirmed}"}, reads=False, body="x=x"),
    "web:own-link-print": needs(P.CHANGE_PEOPLE, reads=False, body="x=x"),
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
    "web:link": by_key("{link}", body="do=answer&answer=yes", shows=("ahead",)),
    "web:check-in": by_key("{link}", path={"code": "000000"}, body="token={link}", changes=False, shows=("ahead",)),
    # Appeals: what anyone may send and follow, and those who see to them.
    "web:ask": everyone(),
    "web:ask-new": everyone(body="step=subject&subject=yard"),
    "web:ask-follow": everyone(body="number=1&code=0"),
    "web:ask-about": everyone(),
    "web:ask-own": everyone(**_NOT_OPENING, body="do=solved"),
    "web:ask-delete": everyone(**_NOT_OPENING, body="x=x"),
    "web:ask-file": everyone(**_NOT_OPENING),
    "web:visit": everyone(),
    "web:visit-book": everyone(**_NO_HOURS, body="name=x"),
    "web:visit-own": everyone(**_NOT_OPENING, body="do=cancel"),
    "web:visit-delete": everyone(**_NOT_OPENING, body="x=x"),
    "web:appeal-list": needs(P.HANDLE_APPEALS, query="branch={branch}", of_tree=True, also=("form=csv", "state=all")),
    "web:appeal-record": needs(P.HANDLE_APPEALS, query="branch={branch}", of_tree=True, body=_TAKEN_DOWN),
    "web:appeal-about": needs(P.SEE_SCORES, query="branch={branch}", of_tree=True, also=("form=csv",)),
    "web:appeal-templates": needs(P.HANDLE_APPEALS, body="withdraw={template}"),
    "web:appeal-hours": needs(P.HANDLE_APPEALS),
    "web:appeal-hours-announce": needs(P.HANDLE_APPEALS, body=_HOURS),
    # Announced hours are a notice on the door; who booked is not.
    "web:appeal-hours-page": needs(P.HANDLE_APPEALS, of_tree=True, body="do=cancel&reason=why"),
    "web:appeal": needs(P.HANDLE_APPEALS, body="do=note&text=x", to_send=in_own_branch),
    "web:appeal-answer": needs(P.HANDLE_APPEALS, **_NAMED, body="text=x"),
    "web:appeal-printed": needs(P.HANDLE_APPEALS, **_NAMED, path={"appeal_id": "{answered}"}),
    "web:appeal-reach": needs(P.HANDLE_APPEALS, **_NAMED, reads=False, body="way=phone&use=show", changes=False),
    "web:appeal-file-add": needs(P.HANDLE_APPEALS, reads=False, body="x=x", changes=False),
    "web:appeal-file": needs(P.HANDLE_APPEALS, **_NAMED),
    "web:appeal-letter-write": needs(P.HANDLE_APPEALS, **_NAMED, body="authority=x&letter=x"),
    "web:appeal-letter-page": needs(P.HANDLE_APPEALS, **_NAMED, body="reply=x"),
    # Posts.
    "web:access": needs(P.SEE_ACCESS, query="branch={branch}", of_tree=True, also=("signed_in=no",)),
    "web:access-grant": needs(P.SEE_BRANCHES, P.CHANGE_POSTS, query="branch={branch}", only=granting_any, of_tree=True, body="user=acts-nobody&role={grantable}&step=save", to_send=granting),
    "web:access-waiting": needs(P.SEE_ACCESS, body="proposal={proposal}&do=approve", to_send=second_person),
    "web:access-helpers": needs(only=a_secretary, body="ends=2099-01-01", changes=False),
    "web:access-end": needs(P.SEE_ACCESS, P.CHANGE_POSTS, only=granting, body="x=x"),
    "web:access-factor": needs(P.SEE_ACCESS, P.MANAGE_USERS, only=without_the_same_rights, body="x=x"),
    "web:sign-ins": needs(P.ISSUE_SLIPS, also=("who=all",)),
    "web:sign-ins-print": needs(P.ISSUE_SLIPS, reads=False, body="holding={holding}&language=en", to_send=with_no_fewer_rights),
    # People, and what they agree to.
    "web:people": needs(P.SEE_BRANCHES, P.SEE_PEOPLE, query="branch={branch}", of_tree=True),
    "web:texts": signed_in(),
    "web:text-version": signed_in(path={"code": "news"}),
    "web:texts-waiting": needs(P.PUBLISH_TEXTS),
    "web:branch-controller": needs(P.SEE_BRANCHES, P.NAME_CONTROLLERS, of_tree=True, writes_tree=True, body=f"name=N&number=1&address=A&valid_from={TODAY}"),
    "web:sheets": needs(P.CHANGE_PEOPLE),
    "web:scans": needs(P.CHANGE_PEOPLE),
    "web:sheets-print": needs(P.CHANGE_PEOPLE, reads=False, body="person={person}&text=news&language=en"),
    "web:sheet": needs(P.CHANGE_PEOPLE, path={"number": "{sheet}"}, body=f"person={{friend}}&signed_on={TODAY}", image=_PNG),
    "web:sheet-image": needs(P.SEE_PEOPLE, path={"number": "{signed}"}, reads=False, body="x=x", changes=False),
    # What is written down of what was done and on what grounds. The journal knows people by code.
    "web:journal": needs(P.READ_JOURNAL, of_tree=True, also=("branch={branch}", "person={code}", "actor={user}", "what=looks", "form=csv"), shows=("code", "came")),
    "web:journal-verify": needs(P.READ_JOURNAL, only=above_all, of_tree=True, reads=False, body="x=x"),
    "web:ledger": needs(P.READ_LEDGER, of_tree=True, also=("branch={branch}",)),
    "web:ledger-person": needs(P.READ_LEDGER, reads=False, body="code={code}", changes=False),
    "web:ledger-verify": needs(P.READ_LEDGER, only=above_all, of_tree=True, reads=False, body="x=x"),
    "web:pressure": needs(P.RECEIVE_PRESSURE, shows=("pressed", "call")),
    "web:pressure-handled": needs(P.RECEIVE_PRESSURE, reads=False, body="x=x"),
    # What is held of oneself.
    "web:own-ask": everyone(body="reached_at=nobody@example.org"),
    "web:own-link": by_key("{own_link}", body="x=x"),
    "web:own-leave": everyone(reads=False, body="x=x"),
    "web:own-data": of_oneself(),
    "web:own-download": of_oneself(also=("form=html",)),
    "web:own-withdraw": of_oneself(reads=False, body="text=news"),
    "web:own-correct": of_oneself(body=f"{_OWN_NAME}&remove={{contact}}"),
    "web:own-pressed": of_oneself(body="to=come"),
    "web:own-delete": of_oneself(body="x=x"),
    # For programs that watch the server.
    "web:alive": everyone(),
    "web:ready": everyone(),
}  # fmt: skip

_A_PLAN: Final = {"branch": "{branch}", "kind": "council", "title": "X", "starts_at": "2099-01-02T18:00:00+03:00"}  # fmt: skip

_AN_APPEAL: Final = {"branch": "{branch}", "channel": "phone", "subject": "yard", "words": "x", "name": "x", "phone": "+79000000001"}  # fmt: skip

API: Final[dict[str, Policy]] = {
    "GET /branches": signed_in(query="parent={branch}", of_tree=True),
    "GET /tree": needs(P.SEE_BRANCHES, query="under={branch}&depth=2", of_tree=True),
    "GET /branches/{code}": needs(P.SEE_BRANCHES, of_tree=True),
    "GET /people": needs(P.SEE_BRANCHES, P.SEE_PEOPLE, query="branch={branch}", of_tree=True, also=("search=Zperson", "affiliation=member")),
    "GET /people/{id}": needs(P.SEE_PEOPLE, path={"id": "{person}"}),
    "POST /people/{id}/reason": needs(P.SEE_PEOPLE, path={"id": "{person}"}, json={"reason": "to check a record"}),
    "GET /events": needs(P.SEE_BRANCHES, query="branch={branch}", of_tree=True),
    "POST /events": needs(P.SEE_BRANCHES, P.RUN_EVENTS, json=_A_PLAN),
    "GET /events/{id}": needs(P.SEE_EVENTS, path={"id": "{event}"}),
    "POST /events/{id}/cancel": needs(P.RUN_EVENTS, path={"id": "{event}"}, json={"reason": "why"}),
    "PUT /events/{id}/ticks": needs(P.RUN_EVENTS, path={"id": "{begun}"}, json={"people": ["{person}"]}),
    "GET /appeals": needs(P.SEE_BRANCHES, P.HANDLE_APPEALS, query="branch={branch}", of_tree=True, also=("state=all",)),
    "POST /appeals": needs(P.SEE_BRANCHES, P.HANDLE_APPEALS, json=_AN_APPEAL),
    "GET /appeals/{id}": needs(P.HANDLE_APPEALS, path={"id": "{appeal}"}),
    "POST /appeals/{id}/register": needs(P.HANDLE_APPEALS, path={"id": "{fresh}"}, json={}),
    "POST /appeals/{id}/answer": needs(P.HANDLE_APPEALS, path={"id": "{appeal}"}, json={"text": "x"}, only=in_own_branch),
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
    "branches import": may(P.CHANGE_BRANCHES, whole=True, of_tree=True, writes_tree=True, arguments="{file}", file=_TREE),
    "precincts import": may(P.CHANGE_BRANCHES, whole=True, of_tree=True, writes_tree=True, arguments="{file}", file=_LIST),
    "people import": may(P.CHANGE_PEOPLE, by_row=True, arguments="{file}", file=_PEOPLE),
    "facts register": may(P.REGISTER_FACTS, arguments="x.a.b --purpose why", changes=True),
    "facts kinds": Command(),
    "facts import": may(P.REGISTER_FACTS, arguments="{file}", file=_FACTS, changes=True),
    "standard check": Command(arguments="{standard}"),
    "standard publish": may(P.PUBLISH_STANDARD, whole=True, of_tree=True, writes_tree=True, arguments="{standard}"),
    "standard list": Command(),
    "standard show": Command(arguments="work"),
    "standard replay": may(P.SEE_SCORES, arguments=f"{{standard}} --from {MONTH} --to {MONTH}"),
    "score": may(P.COMPUTE_SCORES, whole=True, of_tree=True, writes_tree=True, arguments=f"--period {MONTH}"),
    "scores export": may(P.SEE_SCORES, of_tree=True, arguments=f"--period {MONTH} --output {{out}}"),
    "period close": may(P.CLOSE_PERIOD, whole=True, of_tree=True, writes_tree=True, arguments=f"{MONTH.plus(-1)}"),
    "period verify": may(P.SEE_SCORES),
    "explain": may(P.SEE_BRANCHES, P.SEE_EVIDENCE, of_tree=True, arguments=f"{{branch}} came --period {MONTH}"),
    "period late": may(P.SEE_SCORES, of_tree=True),
    "user create": may(P.MANAGE_USERS, P.CHANGE_POSTS, of_tree=True, arguments="--branch {branch} --post local_head", changes=True),
    "user reset-factor": may(P.MANAGE_USERS, arguments="{user}", only=without_the_same_rights, changes=True),
    "access list": may(P.SEE_ACCESS, of_tree=True, arguments="--branch {branch}", also=("", "--never")),
    "access waiting": may(P.SEE_ACCESS),
    "access grant": may(P.SEE_BRANCHES, P.CHANGE_POSTS, of_tree=True, arguments="{grantable} {branch} --user acts-nobody", only=granting, changes=True),
    "access approve": may(P.SEE_ACCESS, arguments="{proposal}", only=second_person, changes=True),
    "access refuse": may(P.SEE_ACCESS, arguments="{proposal} --reason why", only=second_person, changes=True),
    "access end": may(P.SEE_ACCESS, P.CHANGE_POSTS, arguments="{holding}", only=granting, changes=True),
    "access helper": may(P.SEE_PEOPLE, arguments=f"--person {{code}} --until {TODAY + timedelta(days=30)}", only=a_secretary, changes=True),
    "people erase": may(P.CHANGE_PEOPLE, arguments="{code} --commit", changes=True),
    "text check": Command(arguments="{text}"),
    "text list": Command(),
    "text publish": may(P.PUBLISH_TEXTS, whole=True, of_tree=True, writes_tree=True, arguments="{text}"),
    "controller show": may(P.SEE_BRANCHES, of_tree=True, arguments="{branch}"),
    "controller name": may(P.SEE_BRANCHES, P.NAME_CONTROLLERS, of_tree=True, writes_tree=True, arguments="{branch} --name N --number 1 --address A", changes=True),
    "controller end": may(P.SEE_BRANCHES, P.NAME_CONTROLLERS, of_tree=True, writes_tree=True, arguments="{branch}", changes=True),
    "appeals list": may(P.HANDLE_APPEALS),
    "appeals show": may(P.HANDLE_APPEALS, arguments="{appeal_number}"),
    "appeals settle": may(P.HANDLE_APPEALS),
    "appeals erase": may(P.HANDLE_APPEALS, only=nobody, arguments="{appeal_number} --commit"),
    "backup": may(P.KEEP_DATABASE, arguments="{out}"),
    "restore": may(P.KEEP_DATABASE, arguments="{out}"),
    "db url": may(P.KEEP_DATABASE),
    "db shell": may(P.KEEP_DATABASE),
    "keys status": may(P.KEEP_KEYS),
    "keys rotate": may(P.KEEP_KEYS),
    "journal verify": may(P.READ_JOURNAL, whole=True, of_tree=True),
    "ledger verify": may(P.READ_JOURNAL, whole=True, of_tree=True),
}  # fmt: skip

# Declared with the tests that try them by those who may and may not; to be tried here too, once
# `furnishing.py` has an export and a picture that waits in every room to name.
_EXPORT_PAGES: Final = "tests/surfaces/web/exports/test_export_pages.py"
_CONSENTS: Final = "tests/surfaces/web/consents"
_API_PERMISSIONS: Final = "tests/surfaces/api/test_permissions.py"
TRIED_BESIDES: Final[dict[str, str]] = {
    "web:budgets": _EXPORT_PAGES,
    "web:call-list": _EXPORT_PAGES,
    "web:exports": _EXPORT_PAGES,
    "web:export-ask": _EXPORT_PAGES,
    "web:export-file": _EXPORT_PAGES,
    "GET /exports": _API_PERMISSIONS,
    "POST /exports": _API_PERMISSIONS,
    "POST /exports/{id}/approve": _API_PERMISSIONS,
    "POST /exports/{id}/refuse": _API_PERMISSIONS,
    "GET /exports/{id}/file": _API_PERMISSIONS,
    "web:scan": f"{_CONSENTS}/test_scans.py",
    "web:scan-image": f"{_CONSENTS}/test_scans.py",
    "web:text-propose": f"{_CONSENTS}/test_proposing.py",
}
