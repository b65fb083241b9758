"""Users. What each may see and do is decided in `access`."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    organisation = models.CharField("organisation", max_length=200, blank=True)

    class Meta:
        verbose_name = "utilisateur"
        verbose_name_plural = "utilisateurs"
