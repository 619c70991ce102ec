"""What each entry of the journal says, in the reader's language."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from pervichka.surfaces.web.templatetags.pervichka import number

# Every action that is ever journalled; a test finds one that is missing.
SENTENCES: Mapping[str, str] = {
    "branch.changed": gettext_noop("A branch’s details changed"),
    "branch.closed": gettext_noop("A branch closed"),
    "branch.created": gettext_noop("A branch opened"),
    "branch.merged": gettext_noop("A branch merged into another"),
    "branch.moved": gettext_noop("A branch moved under another"),
    "branch.opened_again": gettext_noop("A branch opened again"),
    "branches.loaded": gettext_noop("Branches loaded in bulk"),
    "campaign.answered": gettext_noop("Somebody answered a letter of a campaign"),
    "campaign.bounced": gettext_noop("A letter of a campaign came back"),
    "campaign.changed": gettext_noop("A campaign’s text or audience changed"),
    "campaign.done": gettext_noop("A campaign came to its end"),
    "campaign.halted": gettext_noop("A campaign paused by the program itself"),
    "campaign.left": gettext_noop("Somebody left by a letter’s link"),
    "campaign.paused": gettext_noop("A campaign paused"),
    "campaign.planned": gettext_noop("A campaign planned"),
    "campaign.proposed": gettext_noop("A campaign proposed to a second person"),
    "campaign.refused": gettext_noop("A campaign refused by a second person"),
    "campaign.resumed": gettext_noop("A campaign resumed"),
    "campaign.started": gettext_noop("A campaign began"),
    "campaign.stopped": gettext_noop("A campaign stopped"),
    "campaign.tried": gettext_noop("A campaign’s letter sent to its own writer"),
    "campaign.withdrawn": gettext_noop("A planned campaign made a draft again"),
    "campaign.written": gettext_noop("A campaign written"),
    "campaigns.loaded": gettext_noop("Campaigns loaded in bulk"),
    "code.asked": gettext_noop("A sign-in code asked for"),
    "consent.asserted": gettext_noop("A consent entered on the word of another"),
    "consent.given": gettext_noop("A consent given"),
    "consent.withdrawn": gettext_noop("A consent withdrawn"),
    "contact.dialled": gettext_noop("Called or wrote to a person"),
    "contact.shown": gettext_noop("Looked at a number or address in full"),
    "controller.ended": gettext_noop("A branch’s controller ended"),
    "controller.named": gettext_noop("A branch’s controller named"),
    "database.backed_up": gettext_noop("The database backed up"),
    "event.agenda_recorded": gettext_noop("An agenda written down"),
    "event.answered": gettext_noop("An invitation answered"),
    "event.attendance_ticked": gettext_noop("Those who came were ticked"),
    "event.cancelled": gettext_noop("An event called off"),
    "event.check_in_closed": gettext_noop("Checking in by code closed"),
    "event.check_in_opened": gettext_noop("Checking in by code opened"),
    "event.checked_in": gettext_noop("Checked in by code"),
    "event.corrected": gettext_noop("An event’s details put right"),
    "event.entries_confirmed": gettext_noop("What the branch above entered was confirmed"),
    "event.head_count_confirmed": gettext_noop("A head count confirmed"),
    "event.head_counted": gettext_noop("Heads counted"),
    "event.held": gettext_noop("An event marked as held"),
    "event.invited": gettext_noop("People invited to an event"),
    "event.link_renewed": gettext_noop("A personal link renewed"),
    "event.minutes_published": gettext_noop("Minutes published"),
    "event.minutes_recorded": gettext_noop("Minutes written down"),
    "event.planned": gettext_noop("An event planned"),
    "event.resolutions_recorded": gettext_noop("Decisions written down"),
    "events.loaded": gettext_noop("Events loaded in bulk"),
    "facts.corrected": gettext_noop("A fact from another system put right"),
    "facts.imported": gettext_noop("Facts imported from another system"),
    "facts.kind_registered": gettext_noop("A kind of facts registered"),
    "grant.approved": gettext_noop("A grant approved by a second person"),
    "grant.proposed": gettext_noop("A grant proposed"),
    "grant.refused": gettext_noop("A grant refused by a second person"),
    "help.asked": gettext_noop("A branch asked for help"),
    "imprint.named": gettext_noop("A branch’s imprint named"),
    "keys.rotated": gettext_noop("Encryption keys renewed"),
    "ledger.read": gettext_noop("Looked at what a person agreed to"),
    "look.holders": gettext_noop("Looked at a list of holders of posts"),
    "look.journal": gettext_noop("Looked a person up in the journal"),
    "look.participants": gettext_noop("Looked at the names of an event’s people"),
    "look.people": gettext_noop("Looked at a list of people"),
    "look.person": gettext_noop("Opened a person’s page"),
    "look.records": gettext_noop("Looked at the names in the records behind a number"),
    "message_template.kept": gettext_noop("A wording for messages kept"),
    "mistake.reported": gettext_noop("A mistake in a number reported"),
    "name.opened": gettext_noop("Opened a name from above the branch, with a reason"),
    "organisation.made_up": gettext_noop("A made-up organisation loaded"),
    "own_link.printed": gettext_noop("A link to a person’s own data printed"),
    "own_link.sent": gettext_noop("A link to a person’s own data sent to them"),
    "own_link.used": gettext_noop("A person opened their own data"),
    "people.loaded": gettext_noop("People loaded in bulk"),
    "period.closed": gettext_noop("A month closed"),
    "person.affiliation_changed": gettext_noop("A person’s affiliation changed"),
    "person.changed": gettext_noop("A person’s details changed"),
    "person.confirmed": gettext_noop("A person’s details confirmed"),
    "person.contact_added": gettext_noop("A phone number or e-mail address added"),
    "person.contact_bounced": gettext_noop("Letters to an e-mail address come back"),
    "person.contact_confirmed": gettext_noop("A phone number or e-mail address confirmed"),
    "person.contact_removed": gettext_noop("A phone number or e-mail address removed"),
    "person.enrolled": gettext_noop("A person entered in the register"),
    "person.erased": gettext_noop("A person’s data deleted"),
    "person.transferred": gettext_noop("A person moved to another branch"),
    "post.closed": gettext_noop("A post closed"),
    "post.filled": gettext_noop("A post filled"),
    "post.opened": gettext_noop("A post opened"),
    "post.vacated": gettext_noop("A term in a post ended"),
    "posts.loaded": gettext_noop("Posts loaded in bulk"),
    "precincts.imported": gettext_noop("A list of precincts imported"),
    "pressure.handled": gettext_noop("A report of pressure dealt with"),
    "pressure.reported": gettext_noop("Pressure reported"),
    "request.answered": gettext_noop("A request answered"),
    "retention.delete": gettext_noop("What was past its time deleted"),
    "retention.empty": gettext_noop("Pictures past their time deleted"),
    "retention.withdraw": gettext_noop("Consents that nobody confirmed ended"),
    "scores.computed": gettext_noop("A month computed"),
    "sheet.counted": gettext_noop("A signed consent sheet counted"),
    "sheet.printed": gettext_noop("A consent sheet printed"),
    "sheet.shown": gettext_noop("Looked at the picture of a signed sheet"),
    "silence.loaded": gettext_noop("A calendar of silence periods loaded"),
    "slip.printed": gettext_noop("A sign-in slip printed"),
    "slip.used": gettext_noop("Signed in with a printed slip"),
    "standard.published": gettext_noop("A standard published"),
    "suppression.lifted": gettext_noop("The wish not to be held taken back"),
    "text.proposed": gettext_noop("A consent text proposed"),
    "text.published": gettext_noop("A consent text published"),
    "text.refused": gettext_noop("A consent text refused by a second person"),
    "user.changed": gettext_noop("A user’s sign-in changed"),
    "user.created": gettext_noop("A user created"),
    "user.deleted": gettext_noop("A user deleted"),
    "user.signed_in": gettext_noop("Signed in"),
    "user.signed_out": gettext_noop("Signed out"),
}
_ACTORS = {
    "operator": gettext_noop("The server’s command line"),
    "system": gettext_noop("The program itself"),
    "stranger": gettext_noop("Somebody not signed in"),
}
_FLAWS = {
    "does not follow the block before it": gettext_noop("does not follow the block before it"),
    "its seals were changed": gettext_noop("its seals were changed"),
    "was changed": gettext_noop("was changed"),
    "was deleted or moved": gettext_noop("was deleted or moved"),
    "was not there when sealed": gettext_noop("was not there when sealed"),
}


def sentence(action: str) -> str:
    """What was done. An action of a later version of the program is shown by its own name."""
    return _(SENTENCES[action]) if action in SENTENCES else action


def rows_seen(fields: Sequence[str]) -> str:
    """How many rows a list had; empty for what was no list."""
    for field in fields:
        name, _space, count = field.partition(" ")
        if name == "rows" and count.isdigit():
            rows = int(count)
            return ngettext("%(count)s row", "%(count)s rows", rows) % {"count": number(rows)}
    return ""


def actor_title(code: str) -> str:
    """Who acted, where it was no user: a program, or a person on their own behalf."""
    if code in _ACTORS:
        return _(_ACTORS[code])
    return _("A person on their own behalf") if code.startswith("person:") else code


def flaw_text(reason: str) -> str:
    return _(_FLAWS.get(reason, reason))
