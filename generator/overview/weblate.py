"""What a Weblate server needs to offer the catalogues without undoing how they are kept."""

from __future__ import annotations

from typing import Any

from generator.campaign.project import Project

# Nothing is wrapped, guessed or thrown away, and nobody's name or e-mail address gets into a
# file.
#
# https://docs.weblate.org/en/weblate-2026.10.1/formats/gettext.html
PARAMETERS = {
    "po_line_wrap": -1,
    "po_keep_previous": True,
    "po_fuzzy_matching": False,
    "po_remove_obsolete": False,
    "po_contributor_comments": "none",
    "po_set_last_translator": False,
    "po_set_language_team": False,
    "po_set_x_generator": False,
    "po_report_msgid_bugs_to": False,
}
WEBLATE_FLAGS = r'safe-html, placeholders:r"\{[a-z][a-z0-9_]*\}"'

# Checks whose failure makes a string need editing again.
ENFORCED = ["placeholders", "safe-html", "xml-tags", "begin_space", "end_space"]
AGREEMENT = (
    "An edit here is a draft until it is signed with `leaflets sign`: "
    "two people for rights, medical and safety sentences. "
    "Keep what stands in {braces} and <b>tags</b>. "
    "Write no phone number, link, date or name of a place."
)


def weblate_project(project: Project) -> dict[str, Any]:
    """Return what to set for the whole Weblate project."""
    return {
        "name": project.campaign.name,
        "translation_review": True,
        "language_aliases": ",".join(
            f"{alias}:{code}"
            for code in project.campaign.languages
            for alias in project.languages[code].aliases
        ),
    }


def weblate_components(project: Project, repository: str, branch: str) -> list[dict[str, Any]]:
    """Return one component a catalogue, in the form that `weblate import_json` reads."""
    return [weblate_component(project, domain, repository, branch) for domain in project.domains]


def weblate_component(
    project: Project, domain: str, repository: str, branch: str
) -> dict[str, Any]:
    """Return the settings of one catalogue."""
    leaflet = project.leaflets.get(domain)
    languages = "|".join(code for code in project.campaign.languages if code != "en")
    return {
        "name": leaflet.title.msgid if leaflet else "Words on every page",
        "slug": domain,
        "vcs": "git",
        "repo": repository,
        "branch": branch,
        "file_format": "po",
        "file_format_params": PARAMETERS,
        "filemask": f"locales/*/LC_MESSAGES/{domain}.po",
        "new_base": f"locales/{domain}.pot",
        "language_regex": f"^({languages})$",
        "source_language": "en",
        "license": "CC-BY-SA-4.0",
        "check_flags": WEBLATE_FLAGS,
        "enforced_checks": ENFORCED,
        "allow_translation_propagation": False,
        "manage_units": False,
        "edit_template": False,
        "new_lang": "contact",
        "agreement": AGREEMENT,
    }
