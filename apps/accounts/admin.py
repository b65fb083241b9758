from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from apps.accounts.models import Organisation, User


@admin.register(User)
class MaillageUserAdmin(UserAdmin):
    fieldsets = (*UserAdmin.fieldsets, ("Maillage", {"fields": ("organisation",)}))
    list_display = ("username", "organisation", "is_active", "is_staff", "last_login")


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ("name", "aliases")
    search_fields = ("name",)
