"""
Who may see and do what: the one place where page, API, tile and download ask.

A layer's access class comes from the source of its rows. Four groups, made by a migration:
partner, planner, data keeper, administrator.
"""

from enum import StrEnum

from geo.vocabulary import AccessClass


class Group(StrEnum):
    PARTNER = "partner"
    PLANNER = "planner"
    DATA_KEEPER = "data_keeper"
    ADMINISTRATOR = "administrator"


def may_see(user, access):
    """Return whether `user` may read rows of this access class."""
    match AccessClass(access):
        case AccessClass.PUBLIC:
            return True
        case AccessClass.SIGNED_IN:
            return user.is_authenticated
        case AccessClass.DATA_KEEPERS:
            return keeps_data(user)


def visible_classes(user):
    """Return the access classes whose rows `user` may read."""
    return [access for access in AccessClass if may_see(user, access)]


def strictest(classes):
    """Return the strictest of these access classes; public where there is none."""
    in_order = list(AccessClass)
    return max(map(AccessClass, classes), key=in_order.index, default=AccessClass.PUBLIC)


def keeps_data(user):
    """Return whether `user` may change institutions and see refused rows."""
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
    return AccessClass(access) is AccessClass.PUBLIC or keeps_data(user)


def access_class(layer, load):
    """
    Return the access class of a layer (declared in `layers/`) whose rows come from this load.

    It is the source's, unless the layer only counts; nothing loaded: public. A layer whose rows have each
    the class of their own load is open to all, who are served those rows that `visible_classes` admits.
    """
    if layer.aggregates or layer.has_access_by_row or load is None:
        return AccessClass.PUBLIC
    return AccessClass(load.access)
