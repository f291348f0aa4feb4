"""Built scripts and styles: the same bytes every time, each whole, compressed, and known by its hash."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from django.test import override_settings

from fairline.core.assets import asset, assets, handed_over
from fairline.core.json_blocks import json_block
from support.doors import ROOT

DIST = ROOT / "web" / "dist"
KINDS = {".js", ".css", ".json", ".gz", ".br"}
"""Of files that a build makes; beside them lies a mark of what it was built from."""


def build(folder: Path) -> dict[str, bytes]:
    subprocess.run(
        ["node", "web/build.mjs"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env={**os.environ, "ASSETS_OUT": str(folder)},
    )
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_two_builds_give_the_same_bytes(tmp_path: Path, built_pages: None) -> None:
    built = build(tmp_path / "again")
    assert {path.name: path.read_bytes() for path in DIST.iterdir() if path.suffix in KINDS} == built
    assert "manifest.json" in built


@pytest.mark.usefixtures("built_pages")
def test_each_file_is_what_its_name_and_integrity_say() -> None:
    listed = json.loads((DIST / "manifest.json").read_text())
    assert {"report-first", "report", "office", "office-worker", "argon2-worker", "style/report"} <= set(listed)
    for row in listed.values():
        content = (DIST / row["file"]).read_bytes()
        assert row["integrity"] == f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"
        assert hashlib.sha256(content).hexdigest()[:16] in row["file"]
        assert gzip.decompress((DIST / f"{row['file']}.gz").read_bytes()) == content
        assert (DIST / f"{row['file']}.br").stat().st_size == row["compressed"]


@pytest.mark.usefixtures("built_pages")
def test_an_entry_is_one_whole_bundle() -> None:
    """A shared chunk or an import at run time would be loaded without integrity."""
    for name, row in json.loads((DIST / "manifest.json").read_text()).items():
        if row["file"].endswith(".js"):
            text = (DIST / row["file"]).read_text()
            assert not re.search(r'(^|[;}\s])import\s*["\'{(*]', text), name
            assert "sourceMappingURL" not in text, name


@pytest.mark.usefixtures("built_pages")
def test_the_mailbox_takes_sealing_from_the_report_and_brings_none() -> None:
    listed = json.loads((DIST / "manifest.json").read_text())
    report, mailbox = ((DIST / listed[name]["file"]).read_text() for name in ("report", "mailbox"))
    for mark in ("age-encryption.org/v1", "mlkem768x25519"):
        assert mark in report
        assert mark not in mailbox
    assert listed["mailbox"]["compressed"] * 5 < listed["report"]["compressed"] * 2


@pytest.mark.usefixtures("built_pages")
def test_templates_name_files_with_their_hashes() -> None:
    text = '{% load assets %}{% style "report" %}{% script "report-first" %}{% assets_block "report" "style/report" %}'
    page = Template(text).render(Context())
    style, first = asset("style/report"), asset("report-first")
    assert f'<link rel="stylesheet" href="{style.url}" integrity="{style.integrity}" crossorigin="anonymous">' in page
    assert f'<script type="module" src="{first.url}" integrity="{first.integrity}" crossorigin="anonymous">' in page
    block = re.search(r'<script type="application/json" id="assets">(.*)</script>', page)
    assert block
    assert json.loads(block[1]) == handed_over(["report", "style/report"])


def test_a_data_block_cannot_be_ended_from_within() -> None:
    value = {"text": "</script><!-- & \u2028 ]]>"}
    block = str(json_block("facts", value))
    assert block.count("<") == 2
    inside = re.search(r">(.*)</script>$", block)
    assert inside
    assert json.loads(inside[1]) == value


def test_what_is_not_built_is_said(tmp_path: Path) -> None:
    with override_settings(ASSETS=tmp_path), pytest.raises(ImproperlyConfigured, match="npm run build"):
        assets()
    with pytest.raises(ImproperlyConfigured, match="No entry 'nothing'"):
        asset("nothing")
