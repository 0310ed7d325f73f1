"""Tags of e-mails."""

from django import template

from abierto.approval.reader_links import find_reader_url

register = template.Library()
register.simple_tag(find_reader_url, name="reader_url")
