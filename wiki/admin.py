"""Django's admin, for administrators: accounts can be corrected here, content can only be viewed."""

from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wiki.acts.people import recovery
from wiki.acts.people.accounts import correct_account
from wiki.forms.people.accounts import NameField, clean_name
from wiki.models import Event, Letter, Publication, Revision, Source, User, Verdict
from wiki.policy import reasons
from wiki.policy.permissions import lacks_second_factor


class Site(admin.AdminSite):
    """The admin site with the wiki's own sign-in and sign-out pages."""

    site_header = site_title = "Causeway accounts"
    index_title = "Accounts, and content to look at"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let administrators in after their second factor."""
        user = request.user
        return isinstance(user, User) and user.can_administer and not lacks_second_factor(user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Send visitors to sign in; tell other people who may enter."""
        inner = super().admin_view(view, cacheable)

        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise PermissionDenied("Only administrators may do this.")
            return cast(HttpResponse, inner(request, *args, **kwargs))

        return guarded

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Redirect to the wiki's sign-in, which has rate limits and second factors."""
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Redirect to the wiki's sign-out page."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Redirect to the wiki's page for changing the password."""
        return redirect("account_change_password")


site = Site(name="admin")


class ForAdministrators(admin.ModelAdmin):  # type: ignore[type-arg]  # it takes none at run time
    """A read-only list for administrators."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the table on the index."""
        return site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Show the rows."""
        return site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Forbid adding: rows come from acts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forbid changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forbid deletion."""
        return False


class AccountCorrectionForm(forms.ModelForm[User]):
    """Name, address and status of an account, with the reason for the change."""

    forgets_second_step = forms.BooleanField(
        label="Remove the second step",
        required=False,
        help_text="For a lost phone or key. First make sure, in another way than by mail, who asks for it. "
        "The person signs in with the password and sets up a new one.",
    )
    to = forms.ModelChoiceField(
        label="Who carries on what waits for this person",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody yet",
        help_text="Where you close the account: pages in its care and what was sent back go to this "
        "colleague; claims and reports that were taken up are open again.",
    )
    reason = forms.CharField(
        label="Why",
        max_length=reasons.LONGEST_REASON,
        help_text="The person reads it, and it stays in the record.",
        error_messages={"required": reasons.ask_why(reasons.PERSON)},
    )

    class Meta:
        model = User
        fields = ["name", "profession", "about", "email", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the colleagues who may write."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.who_may_write().but(self.instance)  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Return the name, if it does not look like another account's name."""
        name = NameField(required=False).clean(self.cleaned_data["name"])
        return clean_name(name, self.instance) if name != self.initial.get("name") else name

    def clean(self) -> dict[str, Any]:
        """Refuse, beside its field, what the acts would refuse."""
        said = super().clean() or {}
        address = said.get("email", "")
        if address != self.initial.get("email") and (why := recovery.why_no_address(address, self.instance)):
            self.add_error("email", why)
        if said.get("forgets_second_step") and not recovery.has_second_step(self.instance):
            self.add_error("forgets_second_step", recovery.NO_SECOND_STEP)
        return said


@admin.register(User, site=site)
class UserAdmin(ForAdministrators):
    """Accounts. Roles are granted, and accounts removed, on the page of roles."""

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
        "to",
        "forgets_second_step",
        "reason",
        "last_login",
        "date_joined",
    ]
    form = AccountCorrectionForm
    readonly_fields = ["username", "role", "last_login", "date_joined"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow changes to other people's accounts, so that no administrator locks themselves out."""
        return site.has_permission(request) and obj != request.user

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Change the account through an act, which logs and notifies."""
        said = {name: form.cleaned_data[name] for name in ("name", "profession", "about", "is_active", "to")}
        assert isinstance(request.user, User)  # noqa: S101  the site lets in nobody else
        reason, address = form.cleaned_data["reason"], form.cleaned_data["email"]
        correct_account(obj, by=request.user, reason=reason, **said)
        if address != form.initial["email"]:
            recovery.change_address(obj, by=request.user, address=address, reason=reason)
        if form.cleaned_data["forgets_second_step"]:
            recovery.reset_second_step(obj, by=request.user, reason=reason)


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
    """Sources of published pages."""

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
    """Letters that were given up, or whose delivery is unknown."""

    list_display = ["made_at", "recipient", "state", "tries", "trouble"]
    list_select_related = ["recipient"]
    list_filter = ["state"]
    ordering = ["-made_at"]
    # The text is private to the recipient.
    fields = ["recipient", "state", "made_at", "send_at", "tries", "tried_at", "trouble", "sent_at"]
