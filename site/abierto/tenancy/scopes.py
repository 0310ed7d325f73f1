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
    """Return every model whose rows carry their space."""
    return tuple(model for model in apps.get_models() if model is not SpaceRoot and has_space(model))


def own_rows(spaces: list[Space]) -> Q:
    """Rows of the spaces, without those of the whole state."""
    return Q(space__in=[space.pk for space in spaces])


def pages_of(spaces: list[Space]) -> QuerySet[Any]:
    """Return the pages of the spaces."""
    return Page.objects.filter(own_pages(spaces)).order_by()


def rows_of(model: type[Model], spaces: list[Space]) -> QuerySet[Any]:
    """Return the rows of ``model`` that belong to the spaces."""
    return model._default_manager.filter(own_rows(spaces)).order_by()


def of_own_pages(field: str = "page") -> Branch:
    """Rows that point at a page of the spaces."""
    return lambda spaces: Q(**{f"{field}__in": pages_of(spaces).values("pk")})


def of_own_objects(prefix: str = "", content_type: str = "base_content_type") -> Branch:
    """Rows that point, by content type and id, at something of the spaces."""

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


def within(field: str, model: type[Model]) -> Branch:
    """Rows whose ``field`` is a row of ``model`` in the scope of the spaces."""

    def branch(spaces: list[Space]) -> Q:
        inner = branch_for(model)
        if inner is None:
            return Q(pk__in=[])
        return Q(**{f"{field}__in": model._default_manager.filter(inner(spaces)).order_by().values("pk")})

    return branch


def used_tags(spaces: list[Space]) -> Q:
    """Tags used on objects in the scope of the spaces."""
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
    """Check whether rows of ``model`` carry tags of the common list."""
    return any(
        isinstance(field, TaggableManager) and field.related_model is Tag
        for field in model._meta.get_fields()
    )


def own_translatable_objects(spaces: list[Space]) -> Q:
    """What is translated: the keys of the pages and rows of the spaces."""
    wanted = Q(pk__in=pages_of(spaces).values("translation_key"))
    for model in models_with_space():
        if issubclass(model, TranslatableMixin):
            wanted |= Q(pk__in=rows_of(model, spaces).values("translation_key"))
    return wanted


def own_tasks(spaces: list[Space]) -> Q:
    """Tasks of the workflows of the spaces."""
    own = WorkflowTask.objects.filter(workflow__space__in=[space.pk for space in spaces])
    return Q(pk__in=own.values("task"))


def register() -> None:
    """Let ``scope`` know them."""
    register_branches(
        {
            Comment: of_own_pages(),
            CommentReply: of_own_pages("comment__page"),
            ModelLogEntry: of_own_objects(content_type="content_type"),
            PageLogEntry: of_own_pages(),
            PageViewRestriction: of_own_pages(),
            Redirect: of_own_pages("redirect_page"),
            ReferenceIndex: of_own_objects(),
            Revision: of_own_objects(),
            SpaceRoot: lambda spaces: Q(space__in=[space.pk for space in spaces]),
            Tag: used_tags,
            Task: own_tasks,
            TaskState: of_own_objects("workflow_state__"),
            UploadedFile: lambda spaces: Q(uploaded_by_user__in=User.objects.filter(own_people(spaces))),
            Workflow: lambda spaces: Q(space__in=Space.objects.filter(own_spaces(spaces))),
            WorkflowState: of_own_objects(),
            TranslatableObject: own_translatable_objects,
            TranslationContext: within("object", TranslatableObject),
            TranslationSource: within("object", TranslatableObject),
            Translation: within("source", TranslationSource),
            StringTranslation: within("context", TranslationContext),
            SegmentOverride: within("context", TranslationContext),
            **{
                segment: within("source", TranslationSource)
                for segment in (OverridableSegment, RelatedObjectSegment, StringSegment, TemplateSegment)
            },
        }
    )
