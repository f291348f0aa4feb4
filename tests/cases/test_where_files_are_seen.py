"""The documents in which attachments are seen: what each of them may load, and who may hold them."""

from __future__ import annotations

import pytest

from fairline.core.assets import asset
from fairline.core.headers import static_headers
from fairline.seal.primitives import b64


def policy(answer):
    parts = [part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";")]
    return {name: value for name, _space, value in parts}


@pytest.fixture
def ask(office_client, at):
    def get(path, office=None):
        return office_client.get(f"/at/{b64(office or at.office)}/{path}")

    return get


@pytest.fixture
def origin(settings):
    return settings.OWN_ORIGINS[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "script"), [("picture", "viewer-picture"), ("document", "viewer-document")])
def test_a_viewer_is_a_sandbox_with_one_script_and_no_way_out(ask, origin, path, script):
    answer = ask(f"viewer/{path}")
    rules = policy(answer)
    assert rules["sandbox"] == "allow-scripts"
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"{origin}{asset(script).url}"
    assert rules["connect-src"] == rules["form-action"] == rules["base-uri"] == "'none'"
    assert rules["img-src"] == "blob:"
    assert rules["frame-ancestors"] == origin
    assert rules["require-trusted-types-for"] == "'script'"
    assert rules["trusted-types"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-DNS-Prefetch-Control"] == "off"
    page = answer.content.decode()
    assert page.count("<script") == 1
    assert f'integrity="{asset(script).integrity}"' in page


@pytest.mark.django_db
def test_the_player_has_no_script_and_asks_the_service_worker_alone(ask, origin, at):
    answer = ask("file/player")
    rules = policy(answer)
    folder = f"{origin}/at/{b64(at.office)}/file/"
    assert rules["default-src"] == "'none'"
    assert "script-src" not in rules
    assert rules["media-src"] == f"{folder} blob:"
    assert rules["frame-src"] == folder
    assert rules["frame-ancestors"] == origin
    assert b"<script" not in answer.content


@pytest.mark.django_db
def test_the_service_worker_reigns_where_no_page_of_ours_lies_and_fetches_nothing(ask):
    answer = ask("file/helper.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert policy(answer) == {"default-src": "'none'", "base-uri": "'none'"}
    assert answer["Cache-Control"] == "no-store"
    assert not answer.has_header("Service-Worker-Allowed")
    text = answer.content.decode()
    assert not any(word in text for word in ("indexedDB", "caches.", "importScripts", "fetch("))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "join"])
def test_the_workbench_holds_these_documents_and_no_others_each_by_its_exact_address(ask, origin, at, path):
    here = f"{origin}/at/{b64(at.office)}/"
    frames = policy(ask(path))["frame-src"].split()
    assert frames == [f"{here}file/player", f"{here}viewer/picture", f"{here}viewer/document"]


@pytest.mark.django_db
def test_addresses_are_the_same_in_every_language(office_client, ask, at):
    plain = policy(ask(""))["frame-src"]
    arabic = office_client.get(f"/ar/at/{b64(at.office)}/")
    assert policy(arabic)["frame-src"] == plain


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["viewer/picture", "viewer/document", "file/player", "file/helper.js"])
def test_an_office_that_is_not_there_has_none(ask, path):
    assert ask(path, bytes(16)).status_code == 404


@pytest.mark.usefixtures("built_pages")
@pytest.mark.parametrize("name", ["viewer-picture", "viewer-document", "style/viewer"])
def test_a_sandbox_gets_its_own_files_although_it_has_no_origin_and_no_others(name):
    headers = static_headers("office", asset(name).url.rpartition("/")[2])
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for other in ("office", "office-worker", "file-helper", "style/office"):
        kept = static_headers("office", asset(other).url.rpartition("/")[2])
        assert "Access-Control-Allow-Origin" not in kept
        assert kept["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in static_headers("report", asset(name).url.rpartition("/")[2])
