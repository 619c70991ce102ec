"""The pages that `make shots` takes pictures of: as whom, from which address, by which clicks."""

from dataclasses import dataclass

STRANGER = ""
HEADQUARTERS = "headquarters_editor"
REGION = "regional_head"
SECRETARY = "branch_secretary"
ADMINISTRATOR = "administrator"
OFFICER = "data_protection_officer"


@dataclass(frozen=True)
class Visit:
    """`role` is one of the demo's, empty for someone not signed in; `clicks` are CSS selectors."""

    name: str
    role: str
    path: str
    clicks: tuple[str, ...] = ()


_MEETS = 'a[href*="/evidence/meets/"]'
_CAME = 'a[href*="/evidence/came/"]'
_EVENT = "main tbody th a"
_WRITTEN = "main form[method=post] button"
_HELD = "/events/?status=held&kind=general_meeting"

VISITS = (
    Visit("front", STRANGER, "/"),
    Visit("sign-in", STRANGER, "/sign-in/"),
    Visit("passkey-enter", STRANGER, "/sign-in/passkey/"),
    Visit("code-ask", STRANGER, "/sign-in/code/"),
    Visit("slip-enter", STRANGER, "/slip/"),
    Visit("slip-unknown", STRANGER, "/slip/no-such-slip/"),
    Visit("standard", STRANGER, "/standard/"),
    Visit("missing", STRANGER, "/there-is-no-such-page/"),
    Visit("overview-tiles", HEADQUARTERS, "/overview/"),
    Visit("overview-table", HEADQUARTERS, "/overview/?view=table"),
    Visit("overview-indicator", HEADQUARTERS, "/overview/?indicator=meets"),
    Visit("branch-regional", HEADQUARTERS, "/overview/", (".tile",)),
    Visit("evidence-share", HEADQUARTERS, "/overview/", (".tile", _MEETS)),
    Visit("evidence-people", HEADQUARTERS, "/overview/", (".tile", _CAME)),
    Visit("reach", HEADQUARTERS, "/reach/"),
    Visit("reach-nothing", HEADQUARTERS, "/reach/?q=zzzz"),
    Visit("access", HEADQUARTERS, "/access/"),
    Visit("access-waiting", HEADQUARTERS, "/access/waiting/"),
    Visit("access-admin", ADMINISTRATOR, "/access/"),
    Visit("access-admin-grant", ADMINISTRATOR, "/access/grant/"),
    Visit("access-waiting-decide", OFFICER, "/access/waiting/"),
    Visit("access-region", REGION, "/access/"),
    Visit("access-never", REGION, "/access/?signed_in=no"),
    Visit("access-grant", REGION, "/access/grant/"),
    Visit("access-grant-wrong", REGION, "/access/grant/", ("main form[method=post] button",)),
    Visit("access-end", REGION, "/access/", ('main a[href$="/end/"]',)),
    Visit("people-region", REGION, "/people/"),
    Visit("people-found", REGION, "/people/?q=ива"),
    Visit("people-own", SECRETARY, "/people/"),
    Visit("people-nobody", SECRETARY, "/people/?q=zzzz"),
    Visit("access-helpers", SECRETARY, "/access/helpers/"),
    Visit("controller", REGION, "/overview/", (".tile", 'a[href*="/branches/controller/"]')),
    Visit("texts", HEADQUARTERS, "/texts/"),
    Visit("text-version", HEADQUARTERS, "/texts/news/2/"),
    Visit("texts-waiting", HEADQUARTERS, "/texts/waiting/"),
    Visit("ledger", OFFICER, "/ledger/"),
    Visit("sheets", SECRETARY, "/sheets/"),
    Visit("sheets-print", SECRETARY, "/sheets/", ('form[action$="/sheets/print/"] button',)),
    Visit("sheet", SECRETARY, "/sheets/", ("main tbody th a",)),
    Visit("post", HEADQUARTERS, "/post/"),
    Visit("overview-region", REGION, "/overview/"),
    Visit("overview-region-table", REGION, "/overview/?view=table"),
    Visit("sign-ins", REGION, "/sign-ins/"),
    Visit("sign-in-slips", REGION, "/sign-ins/", ("label button",)),
    Visit("security", REGION, "/security/"),
    Visit("passkey-add", REGION, "/security/passkey/"),
    Visit("factor-add", REGION, "/security/app/"),
    Visit("welcome", SECRETARY, "/welcome/"),
    Visit("silent", REGION, "/overview/", ('a[href*="/branches/silent/"]',)),
    Visit("branch-local", REGION, "/overview/", (".tile",)),
    Visit("branch-primary", REGION, "/overview/", (".tile", "#children tbody th a")),
    Visit(
        "evidence-missed",
        REGION,
        "/overview/",
        (".tile", _CAME, 'a[href*="side=missed"]'),
    ),
    Visit("mistake", REGION, "/overview/", (".tile", _CAME, 'a[href*="/mistake/"]')),
    Visit("reason", REGION, "/overview/", (".tile", _CAME, 'main td a[href*="/name/"]')),
    Visit("journal", OFFICER, "/journal/"),
    Visit("journal-looks", OFFICER, "/journal/?what=looks"),
    Visit("journal-nobody", OFFICER, "/journal/?person=nobody"),
    Visit("journal-verified", OFFICER, "/journal/", ("main form[method=post] button",)),
    Visit("branch-own", SECRETARY, "/home/"),
    Visit("evidence-own", SECRETARY, "/home/", (_CAME,)),
    Visit("help", SECRETARY, "/home/", ('a[href*="/branches/help/"]',)),
    Visit("event-list", SECRETARY, "/events/"),
    Visit("event-list-wide", HEADQUARTERS, "/events/?status=held&kind=general_meeting"),
    Visit("event-list-nothing", SECRETARY, "/events/?status=cancelled&kind=presidium"),
    Visit("event-plan", SECRETARY, "/events/plan/"),
    Visit("event-plan-wrong", SECRETARY, "/events/plan/", ("main form button",)),
    Visit("event-ahead", SECRETARY, "/events/?status=planned", (_EVENT,)),
    Visit("event-held", SECRETARY, _HELD, (_EVENT,)),
    Visit("event-from-above", REGION, _HELD, (_EVENT,)),
    Visit("event-screen", SECRETARY, "/events/?status=planned", (_EVENT, 'a[href$="/screen/"]')),
    Visit("event-sheet", SECRETARY, "/events/?status=planned", (_EVENT, 'a[href$="/sheet/"]')),
    Visit("event-invited", SECRETARY, _HELD, (_EVENT, 'a[href$="/invited/"]')),
    Visit("person", SECRETARY, _HELD, (_EVENT, 'a[href$="/invited/"]', "main h2.name a")),
    Visit("event-came", SECRETARY, _HELD, (_EVENT, 'a[href$="/came/"]')),
    Visit("event-decided", SECRETARY, _HELD, (_EVENT, 'a[href$="/came/"]', 'a[href$="/decided/"]')),
    Visit("event-minutes", SECRETARY, _HELD, (_EVENT, 'a[href$="/minutes/"]')),
    Visit("event-correct", SECRETARY, _HELD, (_EVENT, 'a[href$="/correct/"]')),
    Visit("event-cancel", SECRETARY, _HELD, (_EVENT, 'a[href$="/cancel/"]')),
    Visit("message-list", SECRETARY, "/messages/"),
    Visit("message-write", SECRETARY, "/messages/write/"),
    Visit("message-write-wrong", SECRETARY, "/messages/write/", (_WRITTEN,)),
    Visit("message-draft", SECRETARY, "/messages/?status=draft", (_EVENT,)),
    Visit("message-done", SECRETARY, "/messages/?status=done", (_EVENT,)),
    Visit("message-leave-unknown", STRANGER, "/m/no-such-letter/"),
    Visit("own-ask", STRANGER, "/me/"),
    Visit("own-link-unknown", STRANGER, "/me/link/no-such-link/"),
    Visit("own-data", SECRETARY, "/me/data/"),
    Visit("own-correct", SECRETARY, "/me/data/correct/"),
    Visit("own-pressed", SECRETARY, "/me/data/pressed/"),
    Visit("own-delete", SECRETARY, "/me/data/delete/"),
    Visit(
        "own-link-printed",
        SECRETARY,
        _HELD,
        (_EVENT, 'a[href$="/invited/"]', "main h2.name a", 'form[action$="/link/"] button'),
    ),
    Visit("invitation-code", STRANGER, "/i/"),
    Visit("invitation-unknown", STRANGER, "/i/ABCD-EFGH-JKMN-PQRS/"),
)
