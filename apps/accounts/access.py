"""
Who may see and do what: the one place where page, API, tile and download ask.

A layer's access class comes from the source of its rows. Four groups, made by a migration:
partner, planner, data keeper, administrator. Who comes by a token may do what its scopes lend of what its
owner may: every right below is asked by `has_perm`, where `User` narrows it.
"""

from enum import StrEnum

from geo.vocabulary import AccessClass


class Group(StrEnum):
    PARTNER = "partner"
    PLANNER = "planner"
    DATA_KEEPER = "data_keeper"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """What a token lends of the rights of its owner."""

    PUBLIC = "public"
    """Nothing: what everybody reads, within limits of its own."""
    READ = "read"
    WRITE = "write"


NEVER_LENT = ("targeting.add_adoption",)
"""Rights that nobody lends to a program: what is adopted is decided by people."""
APPS_NEVER_LENT = ("accounts", "admin", "auth")


def lends(scopes, permission):
    """Return whether a token with these scopes lends a permission (`app.codename`) of its owner."""
    app, _, codename = permission.partition(".")
    if app in APPS_NEVER_LENT or permission in NEVER_LENT:
        return False
    return (Scope.READ if codename.startswith("view_") else Scope.WRITE) in scopes


def token_of(user):
    """Return the token by which a user comes; None of who signed in or comes without any."""
    return getattr(user, "token", None)


def may_see(user, access):
    """Return whether `user` may read rows of this access class."""
    match AccessClass(access):
        case AccessClass.PUBLIC:
            return True
        case AccessClass.SIGNED_IN:
            return user.is_authenticated
        case AccessClass.DATA_KEEPERS:
            return reads_refused_rows(user)


def visible_classes(user):
    """Return the access classes whose rows `user` may read."""
    return [access for access in AccessClass if may_see(user, access)]


def strictest(classes):
    """Return the strictest of these access classes; public where there is none."""
    in_order = list(AccessClass)
    return max(map(AccessClass, classes), key=in_order.index, default=AccessClass.PUBLIC)


def reads_refused_rows(user):
    """Return whether `user` may read what only data keepers read; a token that only reads may."""
    return user.has_perm("sources.view_refusal")


def keeps_data(user):
    """Return whether `user` may change institutions, and what others read of the data."""
    return user.has_perm("infrastructure.change_institution")


def may_import(user):
    """Return whether `user` may bring files in: what is loaded changes for everybody."""
    return keeps_data(user)


def may_add_projects(user):
    """Return whether `user` may enter projects: a partner for its organisation, a data keeper for any."""
    return keeps_projects(user) or (user.has_perm("projects.add_project") and bool(user.organisation_id))


def may_edit_project(user, project):
    """Return whether `user` may change this project: a partner one of its organisation, a data keeper any."""
    if keeps_projects(user):
        return True
    return (
        user.has_perm("projects.change_project")
        and bool(user.organisation_id)
        and project.involvements.filter(organisation=user.organisation_id).exists()
    )


def keeps_projects(user):
    """Return whether `user` may change every project, say who takes part in it, and what a zone comprises."""
    return user.has_perm("projects.change_namedzone")


def may_save_choices(user):
    """Return whether `user` may save a choice of cercles under a name."""
    return user.has_perm("targeting.add_selection")


def may_see_choices(user):
    """Return whether `user` may read the choices of cercles that were saved."""
    return user.has_perm("targeting.view_selection")


def may_cancel(user, run):
    """Return whether `user` may stop a run that is under way: who asked it, or an administrator."""
    if (token := token_of(user)) and Scope.WRITE not in token.scopes:
        return False
    return user.is_authenticated and (run.author_id == user.pk or user.is_superuser)


def may_comment(user):
    """Return whether `user` may say something of a run: who may read choices may."""
    return may_see_choices(user)


def may_adopt(user):
    """
    Return whether `user` may record that a body adopted the choice of a run, or withdraw it.

    Planners and administrators: what is adopted becomes the target cercles, for everybody.
    """
    return user.has_perm("targeting.add_adoption")


def may_see_refused_rows(user, access):
    """Return whether `user` may read the values of rows refused from a source of this access class."""
    return AccessClass(access) is AccessClass.PUBLIC or reads_refused_rows(user)


def access_class(layer, load):
    """
    Return the access class of a layer (declared in `layers/`) whose rows come from this load.

    It is the source's, unless the layer only counts; nothing loaded: public. A layer whose rows have each
    the class of their own load is open to all, who are served those rows that `visible_classes` admits.
    """
    if layer.aggregates or layer.has_access_by_row or load is None:
        return AccessClass.PUBLIC
    return AccessClass(load.access)
