"""Names of fields that are derived from English."""

from django.template import Context, Template
from django.utils.translation import override


def test_each_name_of_a_path_is_translated():
    template = Template("{% load label_tags %}{{ path|translate_path }}")

    with override("es"):
        assert template.render(Context({"path": "Comentario → User"})) == "Comentario → Cuenta"
        assert template.render(Context({"path": "Cuerpo"})) == "Cuerpo"
