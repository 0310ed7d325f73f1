"""Branches of ``scope`` for the models of Wagtail and wagtail-localize."""

from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from taggit.managers import TaggableManager
from taggit.models import Tag, TaggedItem
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
    Task,
    TaskState,
    TranslatableMixin,
    UploadedFile,
    Workflow,
    WorkflowState,
    WorkflowTask,
)
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
)

from abierto.accounts.models import User

from .access import Branch, branch_for, has_space, own_pages, own_people, own_spaces, register_branches
from .models import Space, SpaceRoot


@cache
def models_with_space() -> tuple[type[Model], ...]:
    """Return every model with a foreign key to a space, except roots."""
    return tuple(model for model in apps.get_models() if model is not SpaceRoot and has_space(model))


def own_rows(spaces: list[Space]) -> Q:
    """Match the rows of ``spaces``, without shared rows."""
    return Q(space__in=[space.pk for space in spaces])


def pages_of(spaces: list[Space]) -> QuerySet[Any]:
    return Page.objects.filter(own_pages(spaces)).order_by()


def rows_of(model: type[Model], spaces: list[Space]) -> QuerySet[Any]:
    return model._default_manager.filter(own_rows(spaces)).order_by()


def by_page(field: str = "page") -> Branch:
    """Match rows whose ``field`` is a page of the spaces."""
    return lambda spaces: Q(**{f"{field}__in": pages_of(spaces).values("pk")})


def by_content_type(prefix: str = "", content_type: str = "base_content_type") -> Branch:
    """Match rows that refer by content type and id to an object of the spaces."""

    def branch(spaces: list[Space]) -> Q:
        wanted = Q(pk__in=[])
        own = [(Page, pages_of(spaces)), *((model, rows_of(model, spaces)) for model in models_with_space())]
        types = ContentType.objects.get_for_models(*(model for model, _rows in own))
        for model, rows in own:
            keys = rows.annotate(text_key=Cast("pk", CharField())).values("text_key")
            wanted |= Q(
                **{f"{prefix}{content_type}": types[model], f"{prefix}object_id__in": keys},
            )
        return wanted

    return branch


def by_foreign_key(field: str, model: type[Model]) -> Branch:
    """Match rows whose ``field`` is a row of ``model`` in scope."""

    def branch(spaces: list[Space]) -> Q:
        inner = branch_for(model)
        if inner is None:
            return Q(pk__in=[])
        return Q(**{f"{field}__in": model._default_manager.filter(inner(spaces)).order_by().values("pk")})

    return branch


def used_tags(spaces: list[Space]) -> Q:
    """Match tags of objects in scope."""
    wanted = Q(pk__in=[])
    for model in apps.get_models():
        branch = branch_for(model) if is_taggable(model) else None
        if branch is not None:
            rows = model._default_manager.filter(branch(spaces)).order_by().values("pk")
            content_type = ContentType.objects.get_for_model(model)
            tagged = TaggedItem.objects.filter(content_type=content_type, object_id__in=rows)
            wanted |= Q(pk__in=tagged.values("tag"))
    return wanted


def is_taggable(model: type[Model]) -> bool:
    """Check that rows of ``model`` have tags of the common model."""
    return any(
        isinstance(field, TaggableManager) and field.related_model is Tag
        for field in model._meta.get_fields()
    )


def own_translatable_objects(spaces: list[Space]) -> Q:
    """Match translation keys of the pages and rows of the spaces."""
    wanted = Q(pk__in=pages_of(spaces).values("translation_key"))
    for model in models_with_space():
        if issubclass(model, TranslatableMixin):
            wanted |= Q(pk__in=rows_of(model, spaces).values("translation_key"))
    return wanted


def own_tasks(spaces: list[Space]) -> Q:
    """Match tasks of the workflows of the spaces."""
    own = WorkflowTask.objects.filter(workflow__space__in=[space.pk for space in spaces])
    return Q(pk__in=own.values("task"))


def register_wagtail_branches() -> None:
    """Register the branches of the models of Wagtail and wagtail-localize."""
    register_branches(
        {
            Comment: by_page(),
            CommentReply: by_page("comment__page"),
            ModelLogEntry: by_content_type(content_type="content_type"),
            PageLogEntry: by_page(),
            PageViewRestriction: by_page(),
            Redirect: by_page("redirect_page"),
            ReferenceIndex: by_content_type(),
            Revision: by_content_type(),
            SpaceRoot: lambda spaces: Q(space__in=[space.pk for space in spaces]),
            Tag: used_tags,
            Task: own_tasks,
            TaskState: by_content_type("workflow_state__"),
            UploadedFile: lambda spaces: Q(uploaded_by_user__in=User.objects.filter(own_people(spaces))),
            Workflow: lambda spaces: Q(space__in=Space.objects.filter(own_spaces(spaces))),
            WorkflowState: by_content_type(),
            TranslatableObject: own_translatable_objects,
            TranslationContext: by_foreign_key("object", TranslatableObject),
            TranslationSource: by_foreign_key("object", TranslatableObject),
            Translation: by_foreign_key("source", TranslationSource),
            StringTranslation: by_foreign_key("context", TranslationContext),
            SegmentOverride: by_foreign_key("context", TranslationContext),
            **{
                segment: by_foreign_key("source", TranslationSource)
                for segment in (OverridableSegment, RelatedObjectSegment, StringSegment, TemplateSegment)
            },
        }
    )
