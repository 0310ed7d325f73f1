"""Loading the content of Guanajuato: one module for each part of it, ``load.py`` for the order."""
