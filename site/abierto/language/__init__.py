"""Plain Spanish: syllables, sentences, the INFLESZ score and rules of clear writing.

The core is plain Python, texts in and findings out: all but ``apps.py``, ``management/`` and the editor.
``docs/lenguaje-claro.md`` has the sources.
"""
