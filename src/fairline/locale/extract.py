"""`python -m fairline.locale.extract`: merges the code's texts into the catalogues, keeping translations."""

import sys

from babel.messages.catalog import Message

from fairline.locale.catalogues import DOMAINS, load, merge, save
from fairline.locale.isolates import isolate
from fairline.locale.languages import TRANSLATED
from fairline.locale.sources import Text, python, scripts, templates


def texts(domain: str) -> list[Text]:
    """What the code says in one domain: `django` is Python and templates, `djangojs` the TypeScript."""
    if domain == "django":
        return [*python(), *templates()]
    return list(scripts(catalogues=False).texts)


def main() -> int:
    """Merges and says for each catalogue how many texts still wait for a translation."""
    for domain in DOMAINS:
        said = texts(domain)
        for language in TRANSLATED:
            catalogue = merge(load(language, domain), said)
            if domain == "django" and language.direction == "rtl":
                isolate(catalogue)
            save(language, domain, catalogue)
            waiting = sum(one.fuzzy or not translated(one) for one in catalogue if one.id)
            sys.stdout.write(f"{language.code} {domain}: {len(catalogue)} texts, {waiting} to translate\n")
    return 0


def translated(message: Message) -> bool:
    """Whether every form of the text has its translation."""
    if message.string is None or isinstance(message.string, str):
        return bool(message.string)
    return bool(message.string) and all(message.string)


if __name__ == "__main__":
    sys.exit(main())
