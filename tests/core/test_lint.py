"""The pages' two linters together ask what the strictest sets of one would: what an update adds is not missed."""

from __future__ import annotations

import json
import re
import subprocess

from support.doors import ROOT

ASKED = """
import ts from "typescript-eslint";
const asked = {};
for (const { rules } of [...ts.configs.strictTypeChecked, ...ts.configs.stylisticTypeChecked]) {
  for (const [name, set] of Object.entries(rules ?? {})) {
    const known = ts.plugin.rules[name.replace("@typescript-eslint/", "")];
    const [level, ...options] = [set].flat();
    if (level !== "off" && name.startsWith("@") && known.meta.docs.requiresTypeChecking) asked[name] = options;
  }
}
console.log(JSON.stringify(asked));
"""
OURS = {"typescript/restrict-template-expressions": {"allowNumber": True}}
"""Where we ask less: a number in a text is what it is."""
MISSING = {"typescript/no-unsafe-class-instance-assignment"}
"""What the linter with types does not have (decision 0141)."""


def test_every_rule_that_needs_types_is_asked_with_its_options() -> None:
    done = subprocess.run(["node", "--input-type=module", "-e", ASKED], cwd=ROOT, check=True, capture_output=True)
    wanted: dict[str, object] = {}
    for name, options in json.loads(done.stdout).items():
        here = name.replace("@typescript-eslint/", "typescript/")
        changed = [{**option, **OURS[here]} if here in OURS else option for option in options]
        wanted[here] = ["error", *changed] if changed else "error"
    assert len(wanted) > 40
    assert set(wanted) >= MISSING
    text = (ROOT / ".oxlintrc.json").read_text(encoding="utf-8")
    written = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    assert written["rules"] == {name: rule for name, rule in wanted.items() if name not in MISSING}
