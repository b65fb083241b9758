"""Tokens by which programs come as their owners."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_organisations")]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="nom")),
                ("prefix", models.CharField(max_length=8, verbose_name="début")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="empreinte")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("public", "public"), ("read", "read"), ("write", "write")],
                            max_length=10,
                        ),
                        size=None,
                        verbose_name="droits",
                    ),
                ),
                ("created", models.DateTimeField(verbose_name="fait le")),
                ("expires", models.DateTimeField(verbose_name="expire le")),
                ("last_used", models.DateField(blank=True, null=True, verbose_name="dernier usage")),
                ("revoked", models.DateTimeField(blank=True, null=True, verbose_name="révoqué le")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="utilisateur",
                    ),
                ),
            ],
            options={
                "verbose_name": "jeton",
                "ordering": ["-created", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scopes__contained_by", ["public", "read", "write"]),
                            models.Q(("scopes", []), _negated=True),
                        ),
                        name="token_has_known_scopes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scopes__contains", ["write"]), _negated=True),
                            ("scopes__contains", ["read"]),
                            _connector="OR",
                        ),
                        name="token_that_writes_reads",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires__gt", models.F("created")),
                            (
                                "expires__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("created"), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            ),
                        ),
                        name="token_expires_within_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="token_digest_is_a_sha256",
                    ),
                ],
            },
        ),
    ]
