"""Tag suggestions limited to tags of rows in scope."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, JsonResponse
from taggit.models import Tag
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT

from abierto.tenancy.access import scope


def suggest_tags(request: HttpRequest, app_name: str = "", model_name: str = "") -> JsonResponse:
    """Suggest the tags in scope as Wagtail's view does.

    Raises:
        Http404: for a tag model other than the common one.
    """
    if (app_name, model_name) not in {("", ""), (Tag._meta.app_label, Tag._meta.model_name)}:
        raise Http404
    term = request.GET.get("term", "")
    tags = scope(Tag.objects.filter(name__istartswith=term), request.user) if term else Tag.objects.none()
    names = tags.order_by("name").values_list("name", flat=True)[:TAGS_AUTOCOMPLETE_LIMIT]
    return JsonResponse(list(names), safe=False)


def find_popular_tags(model: Any, user: Any, count: int = 10) -> list[Tag]:
    """Return the most used tags of the rows of ``model`` in the scope of ``user``."""
    rows = scope(model.objects.all(), user).order_by().values("pk")
    used = Q(
        taggit_taggeditem_items__content_type=ContentType.objects.get_for_model(model),
        taggit_taggeditem_items__object_id__in=rows,
    )
    tags = Tag.objects.filter(used).annotate(item_count=Count("taggit_taggeditem_items"))
    return list(tags.order_by("-item_count", "name")[:count])
