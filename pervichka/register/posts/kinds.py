"""The kinds of post that ship: at which level each stands, what role it gives, what it is called.

An organisation may open posts of any other kind; such a one is shown by its code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import get_language

from pervichka.register.access import roles


@dataclass(frozen=True, kw_only=True)
class PostKind:
    """A kind of post; `role` is what its holder gets over the branch's subtree."""

    code: str
    level: str
    role: type[roles.Role]
    label: Mapping[str, str]


def _kind(code: str, level: str, role: type[roles.Role], ru: str, en: str) -> PostKind:
    return PostKind(code=code, level=level, role=role, label=MappingProxyType({"ru": ru, "en": en}))


POST_KINDS: Mapping[str, PostKind] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            _kind("secretary", "primary", roles.BranchSecretary, "Секретарь", "Secretary"),
            _kind(
                "local_head",
                "local",
                roles.LocalHead,
                "Секретарь местного отделения",
                "Head of the local branch",
            ),
            _kind(
                "regional_head",
                "regional",
                roles.RegionalHead,
                "Секретарь регионального отделения",
                "Head of the regional branch",
            ),
            _kind(
                "headquarters_editor",
                "federal",
                roles.HeadquartersEditor,
                "Ответственный за стандарт",
                "Keeper of the standard",
            ),
            _kind(
                "data_protection_officer",
                "federal",
                roles.DataProtectionOfficer,
                "Ответственный за персональные данные",
                "Data protection officer",
            ),
            _kind(
                "control_commission",
                "federal",
                roles.ControlCommission,
                "Контрольная комиссия",
                "Control commission",
            ),
            _kind(
                "administrator", "federal", roles.Administrator, "Администратор", "Administrator"
            ),
            _kind("clerk", "regional", roles.Clerk, "Делопроизводитель", "Clerk"),
            _kind(
                "caseworker",
                "regional",
                roles.Caseworker,
                "Сотрудник приёмной",
                "Reception office worker",
            ),
            _kind("helper", "primary", roles.SecretaryHelper, "Помощник секретаря", "Helper"),
            _kind("viewer", "federal", roles.Viewer, "Только просмотр", "Viewer"),
        )
    }
)


def post_label(kind: str) -> str:
    """What a kind of post is called in the reader's language; its code if it is not ours."""
    known = POST_KINDS.get(kind)
    if known is None:
        return kind
    return _said(known.label)


def kind_of_role(role: str) -> str:
    """The kind of post that gives this role where nothing else is said."""
    return next((kind.code for kind in POST_KINDS.values() if kind.role.code == role), role)


def role_label(role: str) -> str:
    """What a role is called in the reader's language; its code if it is not ours."""
    return _said(roles.ROLES[role].label) if role in roles.ROLES else role


def role_about(role: str) -> str:
    """What a role lets its holder do, for whoever grants it."""
    return _said(roles.ROLES[role].about) if role in roles.ROLES else ""


def _said(texts: Mapping[str, str]) -> str:
    language = (get_language() or "ru").split("-")[0]
    return texts.get(language, texts["en"])
