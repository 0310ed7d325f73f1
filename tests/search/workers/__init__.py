"""The portal served by real worker processes of gunicorn, each of which can be made to answer."""
