"""What a brief can be of, as a form offers it: the whole fleet, an environment, or a saved view of nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from reports.analysis.choices import list_choices
from reports.errors import BadQuestion
from reports.people.views import ViewLine, list_views
from reports.weekly.scope import FLEET, Scope, ScopeKind, of_environment, of_query
from reports.weekly.views import query_of_view

_FLEET: Final = "fleet"
_ENVIRONMENT: Final = "env:"
_VIEW: Final = "view:"
_KEPT: Final = "kept"  # the scope that a schedule has already, of a view that may be gone


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """One option; `value` is what the form sends. `label` is untrusted."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ScopeChoices:
    """All options, by kind. `kept` is the scope that stands already, where it is of a query."""

    environments: tuple[ScopeChoice, ...]
    views: tuple[ScopeChoice, ...]
    kept: ScopeChoice | None
    scopes: dict[str, Scope]

    def read(self, value: str) -> Scope:
        """The scope of an option. Raises BadQuestion, or BadQuery for a view whose query means nothing any more."""
        if value not in self.scopes:
            raise BadQuestion("Choose one of these.")
        scope = self.scopes[value]
        return of_query(scope.text, name=scope.name) if scope.kind is ScopeKind.QUERY else scope


def list_scopes(user: AbstractBaseUser | AnonymousUser, kept: Scope | None = None) -> ScopeChoices:
    """What this person can ask for. Two queries."""
    environments = [environment for environment in list_choices().environments if environment]
    views = [view for view in list_views(user, "nodes") if query_of_view(view.query)]
    scopes = {
        _FLEET: FLEET,
        **{f"{_ENVIRONMENT}{environment}": of_environment(environment) for environment in environments},
        **{f"{_VIEW}{view.id}": _scope_of(view) for view in views},
    }
    if kept is not None and kept.kind is ScopeKind.QUERY:
        scopes[_KEPT] = kept
    return ScopeChoices(
        environments=tuple(ScopeChoice(f"{_ENVIRONMENT}{name}", name) for name in environments),
        views=tuple(ScopeChoice(f"{_VIEW}{view.id}", _label(view)) for view in views),
        kept=ScopeChoice(_KEPT, scopes[_KEPT].label) if _KEPT in scopes else None,
        scopes=scopes,
    )


def choice_of(scope: Scope) -> str:
    """The option that a scope is."""
    match scope.kind:
        case ScopeKind.FLEET:
            return _FLEET
        case ScopeKind.ENVIRONMENT:
            return f"{_ENVIRONMENT}{scope.environment}"
        case ScopeKind.QUERY:
            return _KEPT


def _scope_of(view: ViewLine) -> Scope:
    """Its query is read when it is chosen: one that means nothing must not take the form away."""
    return Scope(ScopeKind.QUERY, text=query_of_view(view.query), name=view.name)


def _label(view: ViewLine) -> str:
    return view.name if view.is_own else f"{view.name} (of {view.owner})"
