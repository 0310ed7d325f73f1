"""One's own account in the admin, without a picture: those come in through the library, which checks them."""

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, BaseSettingsPanel


class OwnAccountView(AccountView):
    """Wagtail's view without the panel that takes a file."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Leave the picture out of the form that is shown and of the one that is read."""
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]


own_account = require_admin_access(OwnAccountView.as_view())
