"""What may happen to users, and the mark of an organisation that is made up."""

from pervichka.register.accounts.actions.codes import Letter, ask_code, letter_of, use_code_sent
from pervichka.register.accounts.actions.devices import (
    begin_device,
    end_device,
    end_other_devices,
    note_seen,
)
from pervichka.register.accounts.actions.leaving import delete_user
from pervichka.register.accounts.actions.made_up import begin_made_up, finish_stage
from pervichka.register.accounts.actions.own_links import (
    MAIL_TASK,
    IssuedLink,
    LinkLetter,
    ask_for_confirmation,
    ask_for_link,
    forget_letters,
    knows_own_link,
    oneself,
    print_own_link,
    use_own_link,
    write_letters,
)
from pervichka.register.accounts.actions.resealing import (
    factors_by_version,
    reseal_factors,
    reseal_sessions,
    sessions_by_version,
    unopenable_sessions,
)
from pervichka.register.accounts.actions.second_factors import (
    add_app,
    add_passkey,
    remove_factor,
    use_code,
    use_passkey,
    write_factors_gone,
)
from pervichka.register.accounts.actions.signing_in import check_password, choose_language
from pervichka.register.accounts.actions.slips import (
    PrintedSlip,
    TryLater,
    knows_token,
    use_slip_by_digits,
    use_slip_by_token,
    write_slip,
)
from pervichka.register.accounts.actions.users import (
    add_user,
    create_user,
    note_activity,
    opaque_name,
    set_password,
    write_password,
    write_switched_off,
)

__all__ = [
    "MAIL_TASK",
    "IssuedLink",
    "Letter",
    "LinkLetter",
    "PrintedSlip",
    "TryLater",
    "add_app",
    "add_passkey",
    "add_user",
    "ask_code",
    "ask_for_confirmation",
    "ask_for_link",
    "begin_device",
    "begin_made_up",
    "check_password",
    "choose_language",
    "create_user",
    "delete_user",
    "end_device",
    "end_other_devices",
    "factors_by_version",
    "finish_stage",
    "forget_letters",
    "knows_own_link",
    "knows_token",
    "letter_of",
    "note_activity",
    "note_seen",
    "oneself",
    "opaque_name",
    "print_own_link",
    "remove_factor",
    "reseal_factors",
    "reseal_sessions",
    "sessions_by_version",
    "set_password",
    "unopenable_sessions",
    "use_code",
    "use_code_sent",
    "use_own_link",
    "use_passkey",
    "use_slip_by_digits",
    "use_slip_by_token",
    "write_factors_gone",
    "write_letters",
    "write_password",
    "write_slip",
    "write_switched_off",
]
