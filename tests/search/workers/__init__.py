"""The portal on real gunicorn workers, each of which can be made to answer."""
