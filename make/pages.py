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

VISITS = (
    Visit("front", STRANGER, "/"),
    Visit("sign-in", STRANGER, "/sign-in/"),
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
    Visit("post", HEADQUARTERS, "/post/"),
    Visit("overview-region", REGION, "/overview/"),
    Visit("overview-region-table", REGION, "/overview/?view=table"),
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
)
