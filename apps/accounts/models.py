"""Users and the organisations they work for. What each may see and do is decided in `access`."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models


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
