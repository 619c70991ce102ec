"""The pages that `make shots` takes pictures of: as whom, from which address, by which clicks."""

from dataclasses import dataclass

STRANGER = ""
HEADQUARTERS = "headquarters_editor"
REGION = "regional_head"
SECRETARY = "branch_secretary"


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
_HELD = "/events/?status=held&kind=general_meeting"

VISITS = (
    Visit("front", STRANGER, "/"),
    Visit("sign-in", STRANGER, "/sign-in/"),
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
    Visit("access-region", REGION, "/access/"),
    Visit("access-never", REGION, "/access/?signed_in=no"),
    Visit("access-grant", REGION, "/access/grant/"),
    Visit("access-grant-wrong", REGION, "/access/grant/", ("main form[method=post] button",)),
    Visit("access-end", REGION, "/access/", ('main a[href$="/end/"]',)),
    Visit("access-helpers", SECRETARY, "/access/helpers/"),
    Visit("post", HEADQUARTERS, "/post/"),
    Visit("overview-region", REGION, "/overview/"),
    Visit("overview-region-table", REGION, "/overview/?view=table"),
    Visit("sign-ins", REGION, "/sign-ins/"),
    Visit("sign-in-slips", REGION, "/sign-ins/", ("label button",)),
    Visit("security", REGION, "/security/"),
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
    Visit("invitation-code", STRANGER, "/i/"),
    Visit("invitation-unknown", STRANGER, "/i/ABCD-EFGH-JKMN-PQRS/"),
    Visit("ask", STRANGER, "/ask/"),
    Visit("ask-new", STRANGER, "/ask/new/"),
    Visit("ask-new-wrong", STRANGER, "/ask/new/", ("main form[method=post] button",)),
    Visit("ask-follow", STRANGER, "/ask/follow/"),
    Visit("ask-about", STRANGER, "/ask/about/"),
    Visit("visit", STRANGER, "/ask/visit/?region=RU-AD"),
    Visit("appeal-list", REGION, "/appeals/"),
    Visit("appeal-list-wide", REGION, "/appeals/?whose=all"),
    Visit("appeal", REGION, "/appeals/", (_EVENT,)),
    Visit("appeal-answer", REGION, "/appeals/?state=open", (_EVENT, 'a[href$="/answer/"]')),
    Visit("appeal-from-above", REGION, "/appeals/?whose=all&subject=housing", (_EVENT,)),
    Visit("appeal-record", REGION, "/appeals/record/"),
    Visit("appeal-about", REGION, "/appeals/about/"),
    Visit("appeal-templates", REGION, "/appeals/templates/"),
    Visit("appeal-hours", REGION, "/appeals/hours/"),
    Visit("appeal-hours-announce", REGION, "/appeals/hours/announce/"),
)
