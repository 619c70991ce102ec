"""On what grounds the register holds a person: what is in force, and the ledger behind it.

A row of the ledger names nobody. Its `subject` is a keyed hash of the person's id under that
person's own salt; once the salt is destroyed nothing leads from the row to anyone, and as the row
itself never changes, the chain over it still holds.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.journal.chain import ChainBlock
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models.person import Person
from pervichka.register.texts.models import Basis


class LedgerEvent(models.TextChoices):
    """What happened to a legal basis; asserted is what someone else says of the person."""

    GIVEN = "given"
    ASSERTED = "asserted"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class Proof(models.TextChoices):
    """What shows that it happened."""

    NONE = "none"
    LINK = "link"
    PAPER = "paper"
    IMPORT = "import"
    IN_PERSON = "in_person"


class Consent(Placed):
    """What is in force of the ledger: a person's agreement to a text, or another basis of it.

    Asserted by whoever brought it until the person confirms. Of the text's channels the person may
    have refused some and left the rest as it is.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    text_code = models.TextField()
    text_version = models.IntegerField(default=1, db_default=1)
    given_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    asserted = models.BooleanField(default=True, db_default=True)
    refused_channels = ArrayField(models.TextField(), default=list, db_default=[])

    class Meta:
        db_table = "consent"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text_code"],
                condition=Q(withdrawn_on=None),
                name="consent_one_in_force",
            )
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"{self.person_id} {self.text_code}"


class PersonSalt(Placed):
    """The one link between a person and their rows of the ledger; erasure destroys it."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    salt = models.BinaryField()
    subject = models.BinaryField(unique=True)

    class Meta:
        db_table = "person_salt"

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return str(self.person_id)


class LedgerEntry(Placed):
    """One event of a legal basis, written once and for all, in the branch where it happened.

    `actor` is the journal's code of whoever acted, or `self`; `proof_number` is a sheet's number or
    a file's digest. An empty `channel` means every channel of the text.
    """

    id = models.BigAutoField(primary_key=True)
    tick = models.BigIntegerField(db_default=models.Func(function="journal_tick"), editable=False)
    subject = models.BinaryField()
    event = models.TextField(choices=LedgerEvent)
    basis = models.TextField(choices=Basis)
    purpose = models.TextField()
    channel = models.TextField(blank=True, default="")
    text_code = models.TextField()
    text_version = models.IntegerField()
    happened_on = models.DateField(null=True)
    actor = models.TextField()
    proof = models.TextField(choices=Proof)
    proof_number = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_entry"
        indexes = [
            models.Index(fields=["tick", "id"], name="ledger_entry_tick"),
            models.Index(fields=["subject"], name="ledger_entry_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__in=LedgerEvent.values), name="ledger_entry_event"
            ),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="ledger_entry_basis"),
            models.CheckConstraint(condition=Q(proof__in=Proof.values), name="ledger_entry_proof"),
            # Numbers and digests: there is no room here for a word about anybody.
            models.CheckConstraint(
                condition=Q(proof_number__regex=r"^[0-9a-z-]{0,80}$"),
                name="ledger_entry_proof_number",
            ),
            # Nobody but the person gives or confirms; a paper they signed speaks for them.
            models.CheckConstraint(
                condition=~Q(event__in=["given", "confirmed"])
                | Q(actor="self")
                | Q(proof__in=["paper", "link"]),
                name="ledger_entry_given_by_the_person",
            ),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        if not scope.person_id:
            return Q()
        return Q(subject__in=PersonSalt.objects.filter(person=scope.person_id).values("subject"))

    def __str__(self) -> str:
        return f"{self.id} {self.event} {self.text_code}"


class LedgerBlock(ChainBlock):
    """A sealed run of the ledger."""

    class Meta:
        db_table = "ledger_block"
