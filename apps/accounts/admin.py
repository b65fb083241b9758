from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from apps.accounts.models import ApiToken, Organisation, User


@admin.register(User)
class MaillageUserAdmin(UserAdmin):
    fieldsets = (*UserAdmin.fieldsets, ("Maillage", {"fields": ("organisation",)}))
    list_display = ("username", "organisation", "is_active", "is_staff", "last_login")


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ("name", "aliases")
    search_fields = ("name",)


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """To look at: a token is made and revoked by its owner, or revoked by `revoke_tokens`."""

    list_display = ("prefix", "name", "owner", "scopes", "created", "expires", "last_used", "revoked")
    list_filter = ("owner",)
    exclude = ("digest",)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
