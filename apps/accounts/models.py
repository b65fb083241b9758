"""Users and the organisations they work for. What each may see and do is decided in `access`."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.accounts.access import Scope, lends
from apps.accounts.queries import ApiTokenQuerySet

LONGEST_LIFE = timedelta(days=366)
"""Of a token: a year, a leap year too."""


class Organisation(models.Model):
    """Who carries out or pays for projects. `aliases` are other spellings met in documents."""

    name = models.CharField("nom", max_length=200, unique=True)
    aliases = ArrayField(
        models.CharField(max_length=200), verbose_name="autres noms", default=list, blank=True
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class User(AbstractUser):
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="users"
    )

    class Meta:
        verbose_name = "utilisateur"
        verbose_name_plural = "utilisateurs"

    token = None
    """The token by which this user comes; None: by signing in."""

    def has_perm(self, perm, obj=None):
        if self.token is not None and not lends(self.token.scopes, perm):
            return False
        return super().has_perm(perm, obj)


class PublicReader(AnonymousUser):
    """Who comes by a token that lends nothing: reads what everybody reads."""

    def __init__(self, token):
        self.token = token


class ApiToken(models.Model):
    """
    What a program shows to come as its owner, within its scopes: `maillage_PREFIX_SECRET`.

    Only its SHA-256 is kept. The secret has 256 random bits: no salt and no slow hash would make it harder
    to guess, and the digest finds the row.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens", verbose_name="utilisateur"
    )
    name = models.CharField("nom", max_length=80)
    prefix = models.CharField("début", max_length=8)
    """By which its owner recognises it where it was left."""
    digest = models.CharField("empreinte", max_length=64, unique=True)
    scopes = ArrayField(
        models.CharField(max_length=10, choices=[(each.value, each.value) for each in Scope]),
        verbose_name="droits",
    )
    created = models.DateTimeField("fait le")
    expires = models.DateTimeField("expire le")
    last_used = models.DateField("dernier usage", null=True, blank=True)
    """The day, no more: what a partner does at which hour is nobody's business."""
    revoked = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "jeton"
        ordering = ["-created", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scopes__contained_by=[each.value for each in Scope])
                & ~models.Q(scopes=[]),
                name="token_has_known_scopes",
            ),
            models.CheckConstraint(
                condition=~models.Q(scopes__contains=[Scope.WRITE.value])
                | models.Q(scopes__contains=[Scope.READ.value]),
                name="token_that_writes_reads",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    expires__gt=models.F("created"), expires__lte=models.F("created") + LONGEST_LIFE
                ),
                name="token_expires_within_a_year",
            ),
            models.CheckConstraint(
                condition=models.Q(digest__regex="^[0-9a-f]{64}$"), name="token_digest_is_a_sha256"
            ),
        ]

    def __str__(self):
        return f"{self.prefix} · {self.name}"


class QuotaDay(models.Model):
    """A day of which bytes are counted, and what makes the keys of its readers meaningless on the next."""

    day = models.DateField("jour", primary_key=True)
    salt = models.BinaryField()

    def __str__(self):
        return str(self.day)


class BytesTaken(models.Model):
    """How many bytes of files one reader took on one day. The key is no address: see `quotas`."""

    day = models.ForeignKey(QuotaDay, models.CASCADE, related_name="+")
    reader = models.CharField(max_length=64)
    bytes = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "reader"], name="one_count_of_bytes_of_a_reader_a_day")
        ]

    def __str__(self):
        return f"{self.day_id} {self.bytes}"
