"""Django's admin, for administrators: accounts are looked after here, content is only shown."""

from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wiki.acts.people.accounts import correct_account, lacks_second_factor
from wiki.forms.people.accounts import NameField, clean_name
from wiki.models import Event, Letter, Publication, Revision, Source, User, Verdict
from wiki.policy import reasons


class Site(admin.AdminSite):
    """The admin, whose doors are those of the wiki: one place to sign in, one to sign out."""

    site_header = site_title = "Causeway accounts"
    index_title = "Accounts, and content to look at"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let administrators in, once their account has its second step."""
        user = request.user
        return isinstance(user, User) and user.can_administer and not lacks_second_factor(user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Send strangers to sign in; tell others who may come in here."""
        inner = super().admin_view(view, cacheable)

        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise PermissionDenied("Only administrators may do this.")
            return cast(HttpResponse, inner(request, *args, **kwargs))

        return guarded

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Have no second place to sign in, which would know neither limits nor second steps."""
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Lead to the wiki's own page for signing out."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Lead to the wiki's own page for changing the password."""
        return redirect("account_change_password")


site = Site(name="admin")


class ForAdministrators(admin.ModelAdmin):  # type: ignore[type-arg]  # it takes none at run time
    """Shows rows to administrators and changes nothing."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the table on the index."""
        return site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Show the rows."""
        return site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Add nothing: rows come from people's acts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Change nothing."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Remove nothing."""
        return False


class AccountCorrectionForm(forms.ModelForm[User]):
    """How somebody is named and whether their account is open, with the reason of who changes it."""

    reason = forms.CharField(
        label="Why",
        max_length=reasons.LONGEST_REASON,
        help_text="The person reads it, and it stays in the record.",
        error_messages={"required": reasons.ask_why(reasons.PERSON)},
    )

    class Meta:
        model = User
        fields = ["name", "profession", "about", "is_active"]

    def clean_name(self) -> str:
        """Return the name, if no other account's looks like it."""
        name = NameField(required=False).clean(self.cleaned_data["name"])
        return clean_name(name, self.instance) if name != self.initial.get("name") else name


@admin.register(User, site=site)
class UserAdmin(ForAdministrators):
    """Accounts. Roles are granted, and accounts removed, on the page for roles."""

    list_display = ["username", "name", "profession", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["username", "name", "email"]
    ordering = ["username"]
    fields = [
        "username",
        "name",
        "profession",
        "about",
        "email",
        "role",
        "is_active",
        "reason",
        "last_login",
        "date_joined",
    ]
    form = AccountCorrectionForm
    readonly_fields = ["username", "email", "role", "last_login", "date_joined"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Correct other people's accounts: nobody can lock themselves out, so an administrator remains."""
        return site.has_permission(request) and obj != request.user

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Change the account as an act does: with its line in the record and a notice."""
        said = {name: form.cleaned_data[name] for name in ("name", "profession", "about", "is_active")}
        assert isinstance(request.user, User)  # noqa: S101  the site lets in nobody else
        correct_account(obj, by=request.user, reason=form.cleaned_data["reason"], **said)


@admin.register(Revision, site=site)
class RevisionAdmin(ForAdministrators):
    """Versions that readers can see, or could."""

    list_display = ["title", "number", "kind", "state", "author_name", "submitted_at"]
    list_filter = ["state", "kind"]
    search_fields = ["title"]
    ordering = ["-submitted_at"]
    fields = ["page", "number", "title", "kind", "state", "origin", "author_name", "submitted_at", "digest"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        """Keep what an administrator may see, which is what a reader may."""
        return super().get_queryset(request).filter(pk__in=Revision.objects.visible_to(request.user))


@admin.register(Verdict, site=site)
class VerdictAdmin(ForAdministrators):
    """Verdicts on versions that readers can see, or could."""

    list_display = ["revision", "decision_label", "reviewer_name", "reviewer_role", "decided_at"]
    list_select_related = ["revision"]
    list_filter = ["decision"]
    ordering = ["-decided_at"]
    fields = [
        "revision",
        "decision_label",
        "reviewer_name",
        "reviewer_profession",
        "reviewer_role",
        "decided_at",
        "digest",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Verdict]:
        """Keep those on what an administrator may see."""
        return super().get_queryset(request).filter(revision__in=Revision.objects.visible_to(request.user))


@admin.register(Publication, site=site)
class PublicationAdmin(ForAdministrators):
    """What readers saw, and when."""

    list_display = ["revision", "way", "in_force", "ending"]
    list_select_related = ["revision"]
    ordering = ["-in_force"]


@admin.register(Source, site=site)
class SourceAdmin(ForAdministrators):
    """Sources that something in force rests on."""

    list_display = ["text", "year", "type", "checked"]
    list_filter = ["type", "checked"]
    search_fields = ["text"]
    ordering = ["pk"]
    fields = ["text", "year", "type", "checked", "checked_how", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """Keep what an administrator may see."""
        return super().get_queryset(request).filter(pk__in=Source.objects.visible_to(request.user))


@admin.register(Event, site=site)
class EventAdmin(ForAdministrators):
    """The log of roles and accounts."""

    list_display = ["at", "actor_name", "act", "person"]
    list_select_related = ["person"]
    ordering = ["-at"]
    fields = ["at", "actor_name", "act", "person", "data"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """Keep what was done to accounts: the rest of the log tells of work that is not public."""
        return super().get_queryset(request).filter(pk__in=Event.objects.about_accounts())


@admin.register(Letter, site=site)
class LetterAdmin(ForAdministrators):
    """Mail on its way: what was given up, or cut off so that nobody knows whether it was taken."""

    list_display = ["made_at", "recipient", "state", "tries", "trouble"]
    list_select_related = ["recipient"]
    list_filter = ["state"]
    ordering = ["-made_at"]
    # What it says is between the wiki and the person.
    fields = ["recipient", "state", "made_at", "send_at", "tries", "tried_at", "trouble", "sent_at"]
