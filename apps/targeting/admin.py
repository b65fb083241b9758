from django.contrib import admin

from apps.targeting.models import Selection


@admin.register(Selection)
class SelectionAdmin(admin.ModelAdmin):
    list_display = ("name", "author", "created", "edition", "is_simulated")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
