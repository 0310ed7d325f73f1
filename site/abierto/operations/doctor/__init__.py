"""``manage.py doctor``: checks of configuration and services, each problem with its fix."""
