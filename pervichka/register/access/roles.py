"""Roles: what the holder of a post may do over the post's subtree.

Plain classes that describe themselves, in both languages, to whoever grants them. A role says which
roles its holder may grant, and to which grants of others they may be the second person.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from pervichka.register.access.permissions import Permission

_SEE = frozenset({Permission.SEE_BRANCHES, Permission.SEE_EVENTS, Permission.SEE_SCORES})


def _text(*, en: str, ru: str) -> Mapping[str, str]:
    return MappingProxyType({"en": en, "ru": ru})


class Role:
    """What every role is.

    `powerful`: its grant waits for a second person. `primary_only`: it is held at a primary branch
    or not at all. `demands_mfa`: its holder signs in with a second factor. `delegated`: it is given
    by the holder of another post and ends with that post. `grants` and `approves` are codes.
    """

    code: ClassVar[str]
    label: ClassVar[Mapping[str, str]]
    about: ClassVar[Mapping[str, str]]
    permissions: ClassVar[frozenset[Permission]]
    powerful: ClassVar[bool] = False
    primary_only: ClassVar[bool] = False
    # Every post above a primary branch: so every role that can be held there.
    demands_mfa: ClassVar[bool] = True
    delegated: ClassVar[bool] = False
    grants: ClassVar[frozenset[str]] = frozenset()
    approves: ClassVar[frozenset[str]] = frozenset()


class Nobody(Role):
    """Holds no post: sees what is public."""

    code = "nobody"
    label = _text(en="No post", ru="Без должности")
    about = _text(en="Sees what is public.", ru="Видит то, что открыто всем.")
    permissions = frozenset()
    demands_mfa = False


class Viewer(Role):
    """Sees branches, events and scores, and no one's personal data."""

    code = "viewer"
    label = _text(en="Viewer", ru="Только просмотр")
    about = _text(
        en="Sees branches, events and scores. Sees nobody's name and changes nothing.",
        ru="Видит отделения, мероприятия и оценки. Не видит имён и ничего не меняет.",
    )
    permissions = _SEE


class SecretaryHelper(Role):
    """Does the secretary's daily work under a sign-in of their own."""

    code = "secretary_helper"
    label = _text(en="Secretary's helper", ru="Помощник секретаря")
    about = _text(
        en="Keeps the list of people and runs meetings of one primary branch, in the secretary's"
        " stead. Ends when the secretary's own post ends.",
        ru="Ведёт список людей и собрания одного первичного отделения вместо секретаря."
        " Заканчивается вместе с полномочиями секретаря.",
    )
    permissions = frozenset(
        {
            Permission.SEE_BRANCHES,
            Permission.SEE_EVENTS,
            Permission.SEE_SCORES,
            Permission.SEE_PEOPLE,
            Permission.CHANGE_PEOPLE,
            Permission.RUN_EVENTS,
        }
    )
    primary_only = True
    demands_mfa = False
    delegated = True


class BranchSecretary(Role):
    """Runs a primary branch: its people, its events, the evidence behind its score."""

    code = "branch_secretary"
    label = _text(en="Branch secretary", ru="Секретарь первичного отделения")
    about = _text(
        en="Runs one primary branch: its people, its meetings, the records behind its score."
        " Writes to its people by e-mail. May appoint helpers.",
        ru="Ведёт одно первичное отделение: людей, собрания, записи, из которых складывается"
        " оценка. Пишет людям по электронной почте. Может назначать помощников.",
    )
    permissions = _SEE | {
        Permission.SEE_PEOPLE,
        Permission.CHANGE_PEOPLE,
        Permission.RUN_EVENTS,
        Permission.CONFIRM_ENTRIES,
        Permission.SEE_EVIDENCE,
        Permission.SEE_ACCESS,
        Permission.CHANGE_POSTS,
        Permission.ISSUE_SLIPS,
        Permission.SEE_MESSAGES,
        Permission.SEND_MESSAGES,
    }
    primary_only = True
    demands_mfa = False
    grants = frozenset({SecretaryHelper.code})


class Clerk(Role):
    """Enters people and events for branches that can't do it themselves."""

    code = "clerk"
    label = _text(en="Clerk", ru="Делопроизводитель")
    about = _text(
        en="Enters people and meetings for the branches below. What they enter counts as told by"
        " the branch until its secretary confirms it. Sees names, but no records behind scores.",
        ru="Вносит людей и собрания за нижестоящие отделения. Внесённое считается сказанным со"
        " слов отделения, пока его секретарь не подтвердит. Видит имена, но не записи за оценками.",
    )
    permissions = frozenset(
        {
            Permission.SEE_BRANCHES,
            Permission.SEE_EVENTS,
            Permission.SEE_PEOPLE,
            Permission.CHANGE_PEOPLE,
            Permission.RUN_EVENTS,
        }
    )


class LocalHead(Role):
    """Leads a local branch and helps its primary branches."""

    code = "local_head"
    label = _text(en="Head of a local branch", ru="Руководитель местного отделения")
    about = _text(
        en="Leads a local branch and its primary branches: people, meetings, records; appoints"
        " their secretaries, writes to their people by e-mail.",
        ru="Руководит местным отделением и его первичными: люди, собрания, записи; назначает"
        " секретарей первичных отделений, пишет людям по электронной почте.",
    )
    permissions = BranchSecretary.permissions
    grants = frozenset({BranchSecretary.code, SecretaryHelper.code, Clerk.code})


class RegionalHead(Role):
    """Leads a regional branch: its tree, its posts, its evidence."""

    code = "regional_head"
    label = _text(en="Head of a regional branch", ru="Руководитель регионального отделения")
    about = _text(
        en="Leads a regional branch and all below it: its tree, its people, its records; appoints"
        " heads of local branches and secretaries, is the second person for big mailings.",
        ru="Руководит региональным отделением и всем, что ниже: деревом, людьми, записями;"
        " назначает руководителей местных отделений и секретарей, вторым согласует большие"
        " рассылки.",
    )
    permissions = LocalHead.permissions | {
        Permission.CHANGE_BRANCHES,
        Permission.NAME_CONTROLLERS,
        Permission.APPROVE_MESSAGES,
        Permission.NAME_IMPRINTS,
    }
    powerful = True
    grants = LocalHead.grants | {LocalHead.code, Viewer.code}


class HeadquartersEditor(Role):
    """Keeps the standard, has months computed and closes periods."""

    code = "headquarters_editor"
    label = _text(en="Keeper of the standard", ru="Ответственный за стандарт")
    about = _text(
        en="Publishes the standard, has months computed and closes them, sees who has signed in,"
        " publishes consent texts with a second person. Sees nobody's name.",
        ru="Публикует стандарт, запускает подсчёт месяцев и закрывает их, видит, кто уже входил,"
        " публикует тексты согласий вместе со вторым человеком. Имён не видит.",
    )
    permissions = _SEE | {
        Permission.SEE_EVIDENCE,
        Permission.SEE_ACCESS,
        Permission.PUBLISH_STANDARD,
        Permission.COMPUTE_SCORES,
        Permission.CLOSE_PERIOD,
        Permission.ISSUE_SLIPS,
        Permission.PUBLISH_TEXTS,
    }
    powerful = True


class ControlCommission(Role):
    """Hears of pressure, and nobody else does."""

    code = "control_commission"
    label = _text(en="Control commission", ru="Контрольная комиссия")
    about = _text(
        en="Receives, alone, what people say of pressure put on them; sees the records behind"
        " scores, who holds what, and the journal. Changes nothing.",
        ru="Единственная получает сообщения «На меня давили»; видит записи за оценками, кто какую"
        " должность занимает, и журнал. Ничего не меняет.",
    )
    permissions = _SEE | {
        Permission.SEE_EVIDENCE,
        Permission.SEE_ACCESS,
        Permission.RECEIVE_PRESSURE,
        Permission.READ_JOURNAL,
    }
    powerful = True


class Administrator(Role):
    """Manages users and posts, and sees no people."""

    code = "administrator"
    label = _text(en="Administrator", ru="Администратор")
    about = _text(
        en="Makes users and grants posts, the powerful ones together with a second person. Sees"
        " nobody's name, no meetings and no scores, and grants nothing to themselves.",
        ru="Заводит пользователей и назначает на должности, на значимые — вместе со вторым"
        " человеком. Не видит имён, собраний и оценок, ничего не назначает самому себе.",
    )
    permissions = frozenset(
        {
            Permission.SEE_BRANCHES,
            Permission.SEE_ACCESS,
            Permission.CHANGE_POSTS,
            Permission.MANAGE_USERS,
        }
    )
    powerful = True
    # The one role that grants rights it has not itself: it sees no people, and somebody must be
    # able to appoint a data protection officer or a control commission.
    grants = RegionalHead.grants | {
        RegionalHead.code,
        HeadquartersEditor.code,
        "data_protection_officer",
        ControlCommission.code,
        "administrator",
    }
    approves = grants


class DataProtectionOfficer(Role):
    """Registers kinds of facts that carry people, reads the journal, is a second person."""

    code = "data_protection_officer"
    label = _text(en="Data protection officer", ru="Ответственный за персональные данные")
    about = _text(
        en="Reads the journal and the ledger of legal bases, registers kinds of facts that carry"
        " people, publishes consent texts with a second person, and is the second person for"
        " powerful grants and big mailings. Appoints nobody alone.",
        ru="Читает журнал и реестр оснований, регистрирует виды фактов о людях, публикует тексты"
        " согласий вместе со вторым человеком, подтверждает назначения на значимые должности"
        " и большие рассылки."
        " Никого не назначает единолично.",
    )
    permissions = _SEE | {
        Permission.REGISTER_FACTS,
        Permission.READ_JOURNAL,
        Permission.READ_LEDGER,
        Permission.PUBLISH_TEXTS,
        Permission.NAME_CONTROLLERS,
        Permission.SEE_MESSAGES,
        Permission.APPROVE_MESSAGES,
        Permission.KEEP_CALENDAR,
        Permission.SEE_EVIDENCE,
        Permission.SEE_ACCESS,
    }
    powerful = True
    approves = Administrator.grants - {"data_protection_officer"}


class Operator(Role):
    """Whoever runs the program on its own machine: everything, all of it journalled.

    No post gives this role.
    """

    code = "operator"
    label = _text(en="Local operator", ru="Командная строка сервера")
    about = _text(
        en="Runs the program on its own machine; everything, all of it journalled.",
        ru="Запускает программу на её собственной машине; может всё, и всё остаётся в журнале.",
    )
    permissions = frozenset(Permission)
    powerful = True
    grants = Administrator.grants
    approves = grants


ROLES: Mapping[str, type[Role]] = MappingProxyType(
    {
        role.code: role
        for role in (
            Nobody,
            Viewer,
            SecretaryHelper,
            BranchSecretary,
            Clerk,
            LocalHead,
            RegionalHead,
            HeadquartersEditor,
            ControlCommission,
            DataProtectionOfficer,
            Administrator,
            Operator,
        )
    }
)
