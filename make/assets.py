"""Copies what the pages are dressed in from node_modules to where it is served from.

Run after `npm ci`. The result, static/vendor/, is ignored by git and carried in the wheel.
The pages' Content-Security-Policy allows nothing but this server's own files, so pictures that
the style sheets carry inside `data:` addresses are taken out into files of their own.
"""

import hashlib
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
WEB = ROOT / "pervichka" / "surfaces" / "web"
VENDOR = WEB / "static" / "vendor"

# The parts of the design system that the pages use, in the order it loads them itself.
PARTS = [
    "base", "heading", "label", "paragraph", "link", "validation-message", "alert", "breadcrumbs",
    "button", "input", "table", "tag",
]  # fmt: skip
LAYERS = "@layer ds.theme, ds.base, ds.components;\n"
COMPONENT_LAYER = {"base": "ds.base", "heading": "ds.base", "label": "ds.base"}
SUBSETS = ["cyrillic", "latin"]
_DATA = re.compile(r"url\((['\"])data:image/svg\+xml;charset=utf-8,(.*?)\1\)", re.DOTALL)
_ICON = re.compile(r"<c-icon\s+name=\"([a-z0-9-]+)\"|\bicon=\"([a-z0-9-]+)\"")


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    design_system()
    font()
    icons()
    licences()


def design_system() -> None:
    package = MODULES / "@digdir" / "designsystemet-css" / "dist"
    target = VENDOR / "designsystemet"
    target.mkdir(parents=True)
    sheets = [LAYERS, (package / "theme" / "designsystemet.css").read_text()]
    for part in PARTS:
        layer = COMPONENT_LAYER.get(part, "ds.components")
        sheets.append(f"@layer {layer}{{{(package / 'src' / f'{part}.css').read_text()}}}")
    css = _DATA.sub(lambda match: _picture(match[2], target), "\n".join(sheets))
    (target / "designsystemet.css").write_text(css)


def _picture(data: str, folder: Path) -> str:
    svg = unquote(data)
    name = hashlib.sha256(svg.encode()).hexdigest()[:12] + ".svg"
    (folder / name).write_text(svg)
    return f'url("{name}")'


def font() -> None:
    target = VENDOR / "golos-text"
    target.mkdir(parents=True)
    files = MODULES / "@fontsource-variable" / "golos-text" / "files"
    for subset in SUBSETS:
        shutil.copy(files / f"golos-text-{subset}-wght-normal.woff2", target / f"{subset}.woff2")


def icons() -> None:
    """The icons that a template or a view names, each by itself, to be put into the page."""
    target = VENDOR / "icons"
    target.mkdir(parents=True)
    for name in sorted(used_icons()):
        svg = (MODULES / "lucide-static" / "icons" / f"{name}.svg").read_text()
        (target / f"{name}.svg").write_text(re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL))


def used_icons() -> set[str]:
    names: set[str] = set()
    for file in [*WEB.rglob("*.html"), *WEB.rglob("*.py")]:
        if "static" in file.parts:
            continue
        names.update(first or second for first, second in _ICON.findall(file.read_text()))
    return names


def licences() -> None:
    for package in [
        "@digdir/designsystemet-css", "@fontsource-variable/golos-text", "lucide-static",
    ]:  # fmt: skip
        name = package.rpartition("/")[2]
        shutil.copy(MODULES / package / "LICENSE", VENDOR / f"{name}.LICENSE.txt")


if __name__ == "__main__":
    main()
