"""One file a screen: its addresses in a blueprint called `screen`, its template of the same name.

The template is `templates/screens/review/NAME.html`, further ones begin with `NAME_`; the words of
all of them stand in `words.yaml` there. `generator/web/app.py` finds the files by itself.
"""
