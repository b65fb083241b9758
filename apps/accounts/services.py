"""Groups with their permissions, and the first administrator."""

from django.contrib.auth.models import Group as DjangoGroup
from django.contrib.auth.models import Permission

from apps.accounts.access import Group
from apps.accounts.models import User

PERMISSIONS = {
    Group.PARTNER: ["add_project", "change_project"],
    Group.PLANNER: ["add_selection", "view_selection", "add_adoption"],
    Group.DATA_KEEPER: [
        "add_selection",
        "view_selection",
        "add_institution",
        "change_institution",
        "delete_institution",
        "view_institution",
        "add_statusreport",
        "delete_statusreport",
        "view_statusreport",
        "change_sameplace",
        "view_sameplace",
        "add_registercompleteness",
        "view_registercompleteness",
        "add_project",
        "change_project",
        "change_namedzone",
        "view_load",
        "view_refusal",
    ],
    Group.ADMINISTRATOR: None,
}
"""What each group may do, beyond reading; None is everything."""


def grant_permissions():
    """Give each group exactly its permissions. Run after every migration, so that none is missing."""
    for group, codenames in PERMISSIONS.items():
        django_group, _ = DjangoGroup.objects.get_or_create(name=group.value)
        granted = Permission.objects.all()
        if codenames is not None:
            granted = granted.filter(codename__in=codenames)
        django_group.permissions.set(granted)


def ensure_administrator(username):
    """Return the administrator and whether it was made now; it has no password until one is set."""
    user, made = User.objects.get_or_create(
        username=username, defaults={"is_staff": True, "is_superuser": True}
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        user.groups.add(DjangoGroup.objects.get(name=Group.ADMINISTRATOR.value))
    return user, made
