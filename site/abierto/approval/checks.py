"""System check: every publishable model of the project has the four-eyes base classes."""

import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.models import DraftStateMixin, Page

from .mixins import FourEyesChild, FourEyesMixin, FourEyesPage, FourEyesQuerySet


def check_four_eyes(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Check the publishable models of the project."""
    configs = app_configs if app_configs is not None else apps.get_app_configs()
    return [error for model in project_models(configs) for error in check_model(model)]


def project_models(configs: Iterable[AppConfig]) -> Iterator[type[models.Model]]:
    """Yield the models whose modules belong to the project, whatever their app label."""
    for config in configs:
        yield from (model for model in config.get_models() if is_project_module(model.__module__))


@cache
def is_project_module(module: str) -> bool:
    """Check that the package of ``module`` lies below the project root and is not an installed one."""
    package = sys.modules.get(module.partition(".")[0])
    if package is None:
        return False
    folders = [Path(folder).resolve() for folder in getattr(package, "__path__", ())]
    installed = [Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib")]
    return any(
        folder.is_relative_to(settings.ROOT.resolve())
        and not any(folder.is_relative_to(packages) for packages in installed)
        for folder in folders
    )


def check_model(model: type[models.Model]) -> Iterable[checks.Error]:
    """Yield an error for each way in which ``model`` could be public without a second person."""
    if issubclass(model, Page) and not issubclass(model, FourEyesPage):
        yield _error(model, "is a page without FourEyesPage among its bases.", "E001")
        return
    if issubclass(model, DraftStateMixin) and not issubclass(model, FourEyesMixin):
        yield _error(model, "can be published and has no FourEyesMixin among its bases.", "E002")
        return
    if issubclass(model, FourEyesMixin):
        yield from _check_parts(model)


def _check_parts(model: type[models.Model]) -> Iterable[checks.Error]:
    if not issubclass(model._default_manager.get_queryset().__class__, FourEyesQuerySet):
        yield _error(model, "needs a manager made from FourEyesQuerySet.", "E003")
    for relation in get_all_child_relations(model):
        child = relation.related_model
        if not child.__module__.startswith("wagtail.") and not issubclass(child, FourEyesChild):
            yield _error(child, "is an inline row without FourEyesChild among its bases.", "E004")
    for field in model._meta.many_to_many:
        if not isinstance(field, ParentalManyToManyField):
            yield _error(model, f"has {field.name}, which changes live content on its own.", "E005")


def _error(model: type[models.Model], what: str, code: str) -> checks.Error:
    return checks.Error(
        f"{model._meta.label} {what}",
        hint="See abierto.approval.mixins.",
        obj=model,
        id=f"approval.{code}",
    )
