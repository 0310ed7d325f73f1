"""Provision a municipality: space, review, page tree and branding, all or nothing.

The call may be repeated: what is there stays as it is, and what is missing is added.
"""

from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from abierto.accounts.models import User
from abierto.approval.concurrency.tree_lock import run_with_tree_lock
from abierto.approval.ledger.imports import imported
from abierto.approval.models.task import create_review_workflow
from abierto.registry.models import Municipality
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root, complete_space, create_space, get_or_create_groups
from abierto.tenancy.space_trees import NoParentPage, SpaceTree, TreeOwner, get_space_tree

from .enums import ReviewSource
from .microsite_template import fill_placeholder, load_template
from .models import MunicipalitySpace, ProvisionedPage, TemplatePage
from .names import build_municipality_space_name, build_review_name, is_name_taken
from .review_source import ProvisioningRefused, choose_review_steps

REASON = "Página de inicio con la que el Estado dio de alta el micrositio."


@dataclass(frozen=True)
class NewMunicipality:
    """The values of the form of a municipality; the texts count only when its start page is created."""

    municipality: Municipality
    title: str = ""
    band_color: str = ""
    accent_color: str = ""
    presentation: str = ""
    review: ReviewSource = ReviewSource.OWN
    has_state_step: bool = False


@dataclass
class ProvisioningResult:
    """A provisioned municipality, and what this call added."""

    space: Space
    is_new: bool
    pages: list[Page] = field(default_factory=list)
    permission_count: int = 0

    @property
    def is_changed(self) -> bool:
        return self.is_new or bool(self.pages) or self.permission_count > 0


def provision(new: NewMunicipality, by: User | None) -> ProvisioningResult:
    """Create the space and the pages of a municipality, or add what is missing of them.

    Raises:
        ProvisioningRefused: with the sentence for the user.
    """
    return run_with_tree_lock(lambda: provision_locked(new, by))


def provision_locked(new: NewMunicipality, by: User | None) -> ProvisioningResult:
    """Provision a municipality; the caller must hold the tree lock."""
    space, is_new = get_or_create_municipality_space(new)
    done = ProvisioningResult(space, is_new)
    if not is_new:
        done.permission_count += complete_space(done.space)
    tree = get_space_tree(SpaceKind.MUNICIPALITY)
    owner = TreeOwner(done.space, new.municipality, new.band_color, new.accent_color, new.presentation)
    with disable_reference_index_auto_update():
        root = find_root(done.space) or tree.find_root(new.municipality)
        if root is None:
            root = create_root(tree, owner, new, by)
            done.pages.append(root)
        done.permission_count += assign_root(done.space, root)
        done.pages += add_missing_pages(tree, owner, root, by)
    return done


def get_or_create_municipality_space(new: NewMunicipality) -> tuple[Space, bool]:
    """Return the space of a municipality, and whether it was created now."""
    link = MunicipalitySpace.objects.filter(municipality=new.municipality).select_related("holder").first()
    return (create_municipality_space(new), True) if link is None else (link.holder, False)


def create_municipality_space(new: NewMunicipality) -> Space:
    """Create the space of a municipality with its groups, collection and review."""
    if not new.municipality.live:
        raise ProvisioningRefused(
            _("«%(name)s» no es público en el registro. Publícalo antes.") % {"name": new.municipality}
        )
    name = build_municipality_space_name(new.municipality.name)
    if is_name_taken(name):
        raise ProvisioningRefused(
            _("Ya hay un espacio, un grupo, una colección o una revisión con el nombre «%(name)s».")
            % {"name": name}
        )
    groups = get_or_create_groups(name)
    steps = choose_review_steps(groups.reviewers, new.review, has_state_step=new.has_state_step)
    workflow = create_review_workflow(build_review_name(name), *steps)
    space = create_space(SpaceKind.MUNICIPALITY, name, choose_space_slug(new.municipality), workflow)
    MunicipalitySpace.objects.create(
        municipality=new.municipality, holder=space, review=new.review, has_state_step=new.has_state_step
    )
    return space


def choose_space_slug(municipality: Municipality) -> str:
    """Return the slug of the name; with the INEGI code if another space has it."""
    slug = slugify(municipality.name)
    is_free = slug and not Space.objects.filter(slug=slug).exists()
    return slug if is_free else f"municipio-{municipality.code}"


# --- Pages -----------------------------------------------------------------------------------------------


def find_root(space: Space) -> Page | None:
    """Return the start page of the space in the portal's language."""
    pages = Page.objects.filter(space_root__space=space, locale=Locale.get_default())
    return pages.order_by("path").first()


def create_root(tree: SpaceTree, owner: TreeOwner, new: NewMunicipality, by: User | None) -> Page:
    """Create the start page, public.

    Raises:
        ProvisioningRefused: without a home page, or if another page has its address.
    """
    try:
        parent = tree.get_parent()
    except NoParentPage as error:
        raise ProvisioningRefused(_("El portal no tiene portada. Créala con «empty_portal».")) from error
    root = tree.build_root(owner)
    root.title, root.slug = new.title or str(owner.row), slugify(str(owner.row))
    if parent.get_children().filter(slug=root.slug).exists():
        raise ProvisioningRefused(
            _("Otra página ya tiene la dirección «%(slug)s». Muévela o cámbiale la dirección.")
            % {"slug": root.slug}
        )
    return add_page(parent, root, by, is_public=True)


def add_missing_pages(tree: SpaceTree, owner: TreeOwner, root: Page, by: User | None) -> list[Page]:
    """Create the pages of the template that the space never got, and return them."""
    rows = ProvisionedPage.objects.filter(holder=owner.space)
    known = set(rows.values_list("template_id", flat=True))
    missing = [row for row in load_template() if row.is_included and row.pk not in known]
    here = {page.slug: page for page in root.get_children()} if missing else {}
    added: list[Page] = []
    links: list[ProvisionedPage] = []
    for row in missing:
        page = here.get(row.slug) or add_template_page(tree, owner, root, row, by)
        if page is None:
            continue
        if row.slug not in here:
            added.append(page)
        links.append(ProvisionedPage(holder=owner.space, template=row, page_id=page.pk))
    ProvisionedPage.objects.bulk_create(links)
    return added


def add_template_page(
    tree: SpaceTree,
    owner: TreeOwner,
    root: Page,
    row: TemplatePage,
    by: User | None,
    *,
    is_public: bool | None = None,
) -> Page | None:
    """Create one page of the template; None if no page family registers its type any more.

    ``is_public`` overrides what the template says.
    """
    kind = tree.find(row.key)
    if kind is None:
        return None
    page, name = kind.build(owner), str(owner.row)
    page.title, page.slug, page.show_in_menus = fill_placeholder(row.title, name), row.slug, row.show_in_menus
    page.summary = fill_placeholder(row.summary, name)
    return add_page(root, page, by, is_public=row.is_public if is_public is None else is_public)


def add_page(parent: Page, page: Page, by: User | None, *, is_public: bool) -> Page:
    """Add ``page`` with its first revision: public by an import on record, or a draft."""
    page.live, page.owner, page.locale_id = False, by, parent.locale_id
    parent.add_child(instance=page)
    if not is_public:
        page.save_revision(user=by, changed=False, clean=False)
        return page
    with imported(REASON, by=by):
        page.save_revision(user=by, clean=False).publish(user=by)
    page.refresh_from_db()
    return page
