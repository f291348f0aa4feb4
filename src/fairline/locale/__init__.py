"""The words of Fairline: English in the code, the other languages in gettext catalogues beside this file.

`python -m fairline.locale.extract` reads the code and merges what is new into the catalogues; a person
translates them; `python -m fairline.locale.compile` writes what Django and the pages load. Babel does the
work of GNU gettext, which a fresh machine does not have.
"""
