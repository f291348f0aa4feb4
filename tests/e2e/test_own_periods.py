"""An office's own shorter period in a browser: asked for, looked over, agreed to by a second, read by everybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from support.browsers import axe_violations

FEEDBACK = "Tell the reporting person what is being done, and why"


def row(page):
    """The row of feedback on the page of laws, opened."""
    page.evaluate("location.hash = '#/laws'")
    expect(page.get_by_role("heading", name="Laws", exact=True, level=1)).to_be_visible()
    return page.locator("main details li").filter(has=page.get_by_text(FEEDBACK, exact=True)).first


def unfold(page) -> None:
    periods = page.locator("main details").filter(has=page.get_by_text("Periods that the line counts")).first
    periods.evaluate("one => { one.open = true; }")


def confirms_a_kind(page) -> None:
    """A kind of concern that nobody has verified is confirmed where it is read, which stays unfolded."""
    law = page.locator("[data-law=us-nispom]")
    kinds = law.locator("details").filter(has=page.get_by_text("The kinds of concern that it names"))
    kinds.locator("summary").click()
    contact = kinds.get_by_role("listitem").filter(has_text="A suspicious contact")
    expect(contact).to_contain_text("not verified: the office's own commitment")
    contact.get_by_role("button", name="Confirm: A suspicious contact", exact=True).click()
    dialog = page.get_by_role("dialog", name="Confirm this row")
    dialog.get_by_label("Where the law says it").fill("32 CFR 117.8(c)(2), eCFR")
    dialog.get_by_role("button", name="Sign it", exact=True).click()
    expect(contact).to_contain_text("confirmed here")
    expect(contact).to_be_focused()
    expect(contact).to_contain_text("32 CFR 117.8(c)(2), eCFR")
    expect(kinds).to_have_attribute("open", "")
    assert axe_violations(page) == []


def test_two_people_promise_less_than_the_law_gives_and_everybody_reads_it(office_at_work, contexts, new_context):
    asks = office_at_work.signed_in(contexts, office_at_work.shown["members"][0]["sign_in"])
    there = row(asks)
    expect(there).to_have_count(1)
    unfold(asks)
    # Tried again after a fault the office may have the first of these numbers already.
    months = 1 if there.get_by_text("The office: 2 months", exact=True).count() else 2
    starts = (datetime.now(UTC).date() + timedelta(days=40 - months)).isoformat()
    there.get_by_role("button", name="Make it shorter", exact=True).click()
    dialog = asks.get_by_role("dialog")
    dialog.get_by_label("At most how many, in the rule's unit", exact=True).fill("4")
    dialog.get_by_label("From which day on", exact=True).fill(starts)
    dialog.get_by_role("button", name="See what changes", exact=True).click()
    expect(dialog).to_contain_text("Please write a number that is not greater than the rule's.")
    dialog.get_by_label("At most how many, in the rule's unit", exact=True).fill(str(months))
    dialog.get_by_role("button", name="See what changes", exact=True).click()
    expect(dialog).to_contain_text("None of them moves: what has begun keeps its period.")
    assert axe_violations(asks) == []
    dialog.get_by_role("button", name="Sign it", exact=True).click()
    expect(there).to_contain_text("It counts for nothing until somebody else agrees.")
    expect(there.get_by_role("button", name="See what changes, and agree", exact=True)).to_have_count(0)

    agrees = office_at_work.signed_in(contexts, office_at_work.shown["members"][2]["sign_in"])
    mine = row(agrees)
    mine.get_by_role("button", name="See what changes, and agree", exact=True).click()
    expect(agrees.get_by_role("dialog")).to_contain_text("Both names stand in the record.")
    agrees.get_by_role("dialog").get_by_role("button", name="Agree and sign", exact=True).click()
    expect(mine.get_by_text(f"The office: {months} month{'s' * (months > 1)}", exact=True)).to_be_visible()
    assert axe_violations(agrees) == []
    agrees.set_viewport_size({"width": 360, "height": 800})
    assert agrees.evaluate("document.documentElement.scrollWidth <= innerWidth")
    confirms_a_kind(agrees)

    public = new_context(viewport={"width": 360, "height": 800}).new_page()
    public.goto(f"{office_at_work.running.urls['public']}/en/how-to-report")
    promise = public.get_by_role("region", name="Our own promise", exact=True)
    expect(promise).to_contain_text(FEEDBACK)
    expect(promise).to_contain_text(f"{months} month")
    expect(promise).to_contain_text("3 months")
    assert axe_violations(public) == []
    assert public.evaluate("document.documentElement.scrollWidth <= innerWidth")
