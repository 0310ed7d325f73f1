"""Edit a collection: moving it does not open what public pages show only to some visitors."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.collections import CollectionForm
from wagtail.admin.views.collections import Edit
from wagtail.models import Collection, CollectionViewRestriction

from abierto.media.usage import has_public_files
from abierto.tenancy.tree_paths import ancestor_paths, branch_paths


class GuardedCollectionForm(CollectionForm):
    def clean_parent(self) -> Collection:
        """Refuse a parent that leaves a restriction above behind while public pages use files of here."""
        parent: Collection = super().clean_parent()
        if loses_restriction(self.instance, parent) and has_public_files(self.instance):
            raise ValidationError(
                _(
                    "Ahí cualquiera vería archivos que las páginas públicas muestran solo a algunas "
                    "personas. Elige un lugar igual de reservado."
                )
            )
        return parent


class GuardedCollectionEditView(Edit):
    form_class = GuardedCollectionForm
    pk_url_kwarg = "collection_id"

    def save_instance(self) -> Collection:
        """Save a moved collection again: treebeard moves without signals, which the records follow."""
        collection: Collection = super().save_instance()
        if "parent" in self.form.changed_data:
            collection.refresh_from_db()
            collection.save()
        return collection


def loses_restriction(collection: Collection, parent: Collection) -> bool:
    """Check whether a view restriction above ``collection`` does not hold below ``parent``."""
    left = {*ancestor_paths(collection.path)} - {*branch_paths(parent.path)}
    return CollectionViewRestriction.objects.filter(collection__path__in=left).exists()
