"""The person concerned is informed by two people, answers from a phone, and is heard before anything is found."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from e2e.hearing import agrees_to_the_notice, drafts_the_notice, informs, records_the_statement
from e2e.test_cases import PIPE, confirm, filed, triage
from e2e.workbench import DemonstrationStand, open_report, reload_list
from support.browsers import axe_violations
from support.report_page import PHONE, Person

STORY = ".detail article .story"
ANSWER = "كنت في إجازة ذلك الأسبوع."
OTHERS = "Your name stands in a report about a pump."
NOTICE = "تلقينا بلاغًا ورد فيه اسمك، يتعلق بمضخة. يمكنك أن تجيب هنا."


@pytest.fixture(scope="module")
def bao(office_at_work, contexts):
    return office_at_work.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def ilse(office_at_work, contexts):
    return office_at_work.signed_in(contexts, "ilse")


@pytest.fixture(scope="module")
def case(office_at_work, bao, ilse):
    """A report that has become a case of two people."""
    reporter = filed(office_at_work, bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    return reporter


def ends_as_substantiated(page) -> None:
    page.locator("#end-case").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Grounds, for the reporting person").fill("The marks are those of a saw.")
    dialog.get_by_label("Outcome", exact=True).select_option("substantiated")
    dialog.get_by_label("A document or a file").check()
    dialog.get_by_role("button", name="Close the case").click()


def test_hearsay_carries_no_such_outcome_and_nobody_leaves_unsaid_what_shows_it(case, bao):
    bao.locator("#end-case").click()
    dialog = bao.get_by_role("dialog")
    expect(bao.locator(STORY)).to_contain_text("Does it suffice: More has to be found out first.")
    expect(dialog.locator("#what-shows-it")).to_be_hidden()
    dialog.get_by_label("Grounds, for the reporting person").fill("Three people say so.")
    dialog.get_by_label("Outcome", exact=True).select_option("substantiated")
    dialog.get_by_role("button", name="Close the case").click()
    expect(dialog).to_contain_text("Please say what shows it.")
    dialog.get_by_label("What others told").check()
    dialog.get_by_role("button", name="Close the case").click()
    expect(dialog).to_contain_text("does not carry this outcome, however many reports say it")
    assert axe_violations(bao) == []
    dialog.get_by_role("button", name="Cancel").click()
    expect(bao.locator("#end-case")).to_be_visible()
    expect(bao.locator(STORY)).not_to_contain_text("What shows it")


def test_nothing_is_substantiated_before_anybody_was_heard_and_the_page_says_what_is_missing(case, bao):
    expect(bao.locator("#hearing")).to_contain_text("cannot end as substantiated")
    ends_as_substantiated(bao)
    expect(bao.locator(".detail .notice.danger")).to_contain_text("Nobody is found against")
    expect(bao.locator("#end-case")).to_be_visible()
    put_away(bao, "The marks are those of a saw.")


def put_away(page, words: str) -> None:
    """What was typed is still there, once, and is let go of."""
    expect(page.locator("#unkept .written")).to_have_text(words)
    page.get_by_role("button", name="I have it, hide this").click()
    expect(page.locator("#unkept")).to_have_count(0)


def test_a_notice_that_could_not_be_kept_is_not_lost_and_nothing_says_that_it_was(case, bao):
    bao.route("**/posts", lambda route: route.abort())
    bao.locator("#draft-notice").click()
    dialog = bao.get_by_role("dialog")
    dialog.get_by_label("The notice").fill(NOTICE)
    dialog.get_by_role("button", name="Keep the draft").click()
    expect(bao.locator(".detail .notice.danger").first).to_contain_text("did not answer")
    expect(bao.locator("[aria-live]", has_text="The draft is kept")).to_have_count(0)
    bao.unroute("**/posts")
    put_away(bao, NOTICE)


def test_who_presses_once_more_after_a_failure_is_heard_while_the_list_is_still_fetched(case, bao):
    held: list[Route] = []
    bao.route("**/posts", lambda route: route.abort())
    bao.route("**/arrivals?since=*", lambda route: held.append(route))  # noqa: PLW0108 - it marks its handlers
    dialog = bao.get_by_role("dialog")
    bao.locator("#draft-notice").click()
    dialog.get_by_label("The notice").fill(NOTICE)
    with bao.expect_request("**/arrivals?since=*"):
        dialog.get_by_role("button", name="Keep the draft").click()
    put_away(bao, NOTICE)
    bao.locator("#draft-notice").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    for route in held:
        route.continue_()
    for pattern in ("**/posts", "**/arrivals?since=*"):
        bao.unroute(pattern)


@pytest.fixture(scope="module")
def draft(case, bao):
    """One of the two drafts the notice, with the report's own words beside it."""
    bao.locator("#draft-notice").click()
    dialog = bao.get_by_role("dialog")
    dialog.get_by_label("Their language").select_option("ar")
    notice = dialog.get_by_label("The notice")
    expect(notice).to_have_value(re.compile("تلقينا بلاغًا"))
    # What the desk's law, or the office itself, has them told stands in it already, in their language.
    expect(notice).to_have_value(re.compile("لا تقرر آلة في أمرك"))
    dialog.get_by_role("button", name="Keep the draft").click()
    expect(dialog).to_contain_text("Please fill the gaps")
    notice.fill(f"{NOTICE} pump house")
    shown = (dialog.locator("#own-words").inner_text(), dialog.locator(".notice.warning").inner_text())
    faults = axe_violations(bao)
    notice.fill(NOTICE)
    dialog.get_by_role("button", name="Keep the draft").click()
    expect(bao.locator("#hearing")).to_contain_text("waits for a second person")
    return shown, faults


def test_what_only_the_reporting_person_could_know_is_seen_beside_the_draft(draft):
    (words, shared), faults = draft
    assert PIPE in words
    assert "house" in shared
    assert faults == []


@pytest.fixture(scope="module")
def letter(case, draft, bao, ilse):
    """The other agrees, and the letter is printed."""
    reload_list(ilse)
    open_report(ilse, case.thread_id)
    agrees_to_the_notice(ilse, NOTICE, PIPE)
    reload_list(bao)
    open_report(bao, case.thread_id)
    bao.locator("#inform").click()
    # Who cannot read the notice is not told by a letter in another language.
    expect(bao.get_by_role("dialog").get_by_label("Language of the letter").locator("option")).to_have_text(["Arabic"])
    bao.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    return informs(bao)


@pytest.fixture(scope="module")
def concerned(office_at_work, contexts, letter):
    person = Person(DemonstrationStand(office_at_work), contexts(viewport=PHONE, locale="ar"))
    person.comes_back(" ".join(letter.digits), "ar").mailbox()
    return person


def test_they_read_the_notice_and_what_they_may_do_in_words_that_fit_them(concerned, case):
    text = concerned.text()
    assert NOTICE in text
    assert "ورد اسمك في بلاغ" in text
    assert PIPE not in text
    assert case.thread_id not in concerned.page.content()
    assert concerned.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_violations(concerned.page) == []


def test_with_words_of_their_own_they_answer_and_the_handler_reads_it(concerned, case, bao):
    page = concerned.page
    page.locator("#view .notice.warning .button").click()
    page.wait_for_selector("#receipt li")
    concerned.words = [item.inner_text().strip() for item in page.locator("#receipt li").all()]
    for field in page.locator("#view input[id^=part-]").all():
        field.fill(concerned.words[int((field.get_attribute("id") or "").removeprefix("part-"))])
    page.click("#receipt-go")
    page.locator("#view textarea").fill(ANSWER)
    page.locator("#view form button[type=submit]").click()
    expect(page.locator(".story .message.mine")).to_have_count(1)
    open_report(bao, case.thread_id)
    bao.locator(f"{STORY} a[data-tied]").click()
    expect(bao.locator(STORY)).to_contain_text(ANSWER)
    expect(bao.locator(f"{STORY} .notice.danger")).to_have_count(0)
    # The case cannot end as substantiated yet, so nobody reads that in their mailbox either.
    bao.locator("#end-case").click()
    dialog = bao.get_by_role("dialog")
    expect(dialog.locator("#unheard")).to_be_visible()
    expect(dialog.locator("option[value=unfounded]")).to_have_count(1)
    expect(dialog.locator("option[value=substantiated]")).to_have_count(0)
    assert axe_violations(bao) == []
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)


def test_nothing_of_it_reaches_the_reporting_person(concerned, case):
    """Neither what the person concerned was told or said, nor that somebody was informed."""
    thread = case.read()
    said = " ".join(getattr(post.body, "text", "") for post in thread.posts)
    assert ANSWER not in said
    assert NOTICE not in said
    assert thread.refused == ()


def test_somebody_else_who_is_concerned_has_a_notice_of_their_own_and_a_statement_says_which_it_answers(
    concerned, case, bao, ilse
):
    open_report(bao, case.thread_id)
    drafts_the_notice(bao, OTHERS)
    reload_list(ilse)
    open_report(ilse, case.thread_id)
    agrees_to_the_notice(ilse, OTHERS, PIPE)
    reload_list(bao)
    open_report(bao, case.thread_id)
    assert OTHERS not in informs(bao).text
    expect(bao.locator("#inform")).to_have_count(0)
    bao.locator("#record-statement").click()
    dialog = bao.get_by_role("dialog")
    which = dialog.get_by_label("Which notice does it answer?")
    expect(which.locator("option")).to_have_count(2)
    which.select_option(which.locator("option", has_text=OTHERS).get_attribute("value"))
    dialog.get_by_label("How did it come?").select_option("spoken")
    dialog.get_by_label("What was said or done, and when").fill("They came by and knew of no saw.")
    faults = axe_violations(bao)
    dialog.get_by_role("button", name="Sign it").click()
    expect(dialog).to_have_count(0)
    expect(bao.locator(STORY)).to_contain_text("They came by and knew of no saw.")
    # The first one's statement is still to come: nobody is heard by another's words.
    expect(bao.locator("#hearing")).to_contain_text("cannot end as substantiated")
    assert faults == []


def test_once_they_were_heard_the_case_may_end_so(concerned, case, bao):
    open_report(bao, case.thread_id)
    records_the_statement(bao)
    ends_as_substantiated(bao)
    expect(bao.locator("#reopen")).to_be_visible()
    expect(bao.locator(STORY)).to_contain_text("Outcome: Substantiated")
    # Said before the refused closing, and not twice.
    expect(bao.locator(STORY).get_by_text("What shows it: A document or a file, You")).to_have_count(1)


def test_what_they_ask_for_has_its_month_and_its_answer(concerned, case, bao):
    open_report(bao, case.thread_id)
    bao.locator(f"{STORY} a[data-tied]").first.click()
    requests = bao.locator("#requests")
    for button, choice, shown in (
        ("#note-request", "deletion", "answer by"), ("#answer-request", "partly", "granted in part"),
    ):  # fmt: skip
        requests.locator(button).click()
        dialog = bao.get_by_role("dialog")
        dialog.locator("select").select_option(choice)
        dialog.get_by_role("button", name="Sign it").click()
        expect(requests).to_contain_text(shown)


def test_cleared_later_they_have_a_code_that_opens_the_result_for_another_handler(concerned, case, bao, ilse):
    open_report(bao, case.thread_id)
    bao.locator("#reopen").click()
    # A second look is somebody else's: who decided reads that, and has nothing to close it with.
    expect(bao.locator("#reviewed")).to_contain_text("You decided this the last time.")
    expect(bao.locator("#end-case")).to_have_count(0)
    assert axe_violations(bao) == []
    reload_list(ilse)
    open_report(ilse, case.thread_id)
    expect(ilse.locator("#reviewed")).to_contain_text("Bao Tran decided this the last time.")
    expect(ilse.locator("#end-case")).to_be_visible()
    bao.locator(f"{STORY} a[data-tied]").first.click()
    expect(bao.locator("#requests")).to_be_visible()
    bao.locator("#end-case").click()
    dialog = bao.get_by_role("dialog")
    dialog.get_by_label("Outcome", exact=True).select_option("unfounded")
    dialog.get_by_label("Grounds, for them").fill("The marks are older than your work there.")
    dialog.get_by_role("button", name="Close the mailbox").click()
    expect(bao.locator("#reopen")).to_be_visible()
    expect(bao.locator(STORY)).to_contain_text("Outcome: Unfounded")
    concerned.comes_back(language="ar").mailbox()
    digits = concerned.page.locator(".story .notice.good ol.digits li")
    expect(digits).to_have_count(7)
    code = " ".join(digits.all_inner_texts())
    reload_list(ilse)
    open_report(ilse, case.thread_id)
    ilse.locator("#show-clearance").click()
    ilse.get_by_role("dialog").get_by_label("The code of the letter").fill(code)
    ilse.get_by_role("dialog").get_by_role("button", name="Open it").click()
    expect(ilse.locator("#cleared")).to_contain_text("Outcome: Unfounded")
    expect(ilse.locator("#cleared")).to_contain_text("older than your work there")
    assert axe_violations(ilse) == []
