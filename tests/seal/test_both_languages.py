"""What one language seals, the other opens: files, reports, answers and vaults, both ways."""

import pytest

from fairline.seal import age, document
from fairline.seal.bodies import Message
from fairline.seal.filing import Filing, compose_message, compose_report
from fairline.seal.manifest import write_manifest
from fairline.seal.parcel import read_parcel
from fairline.seal.pins import Pins
from fairline.seal.primitives import H, b64, unb64
from fairline.seal.recipients import identity
from fairline.seal.thread import Found, read_thread
from fairline.seal.vault import Vault, open_vault, seal_vault, write_vault
from fairline.seal.vectors.office import TODAY
from seal.both import typescript  # noqa: F401 - a fixture
from seal.conversation import ANSWERS, RECEIPT, Conversation

SIZES = (0, 1, 65_535, 65_536, 65_537, 200_000)


class Both:
    """A conversation of which the TypeScript side does some parts."""

    def __init__(self, ask):
        self.ask = ask
        self.talk = Conversation()
        files = self.talk.office.manifest_files()
        self.base = {
            "manifest": b64(write_manifest(files)),
            "F": b64(H(files.roots[0].doc)),
            "today": TODAY.isoformat(),
            "desk": b64(self.talk.office.desk),
            "thread": b64(self.talk.mailbox.id),
        }

    def act(self, what, found=(), **given):
        posts = [{"chain": one.chain, "n": one.n, "bytes": b64(one.content)} for one in found]
        return self.ask(what, **self.base, found=posts, **given)


@pytest.fixture
def both(typescript):  # noqa: F811 - the fixture
    return Both(typescript)


@pytest.mark.parametrize("size", SIZES)
def test_files_open_on_the_other_side(typescript, size):  # noqa: F811 - the fixture
    one, other = identity(bytes([1]) * 32), identity(bytes([2]) * 32)
    plain = bytes([7]) * size
    from_python = age.seal(plain, [one.recipient, other.recipient])
    assert unb64(typescript("unseal", file=b64(from_python), seed=b64(other.seed))) == plain
    from_typescript = typescript("seal", plain=b64(plain), recipients=[one.recipient, other.recipient])
    assert age.unseal(unb64(from_typescript), [other]) == plain


def test_a_report_from_the_browser_opens_in_python(both):
    filed = both.act("file", receipt=b64(RECEIPT), said=ANSWERS["what"], name="Noor Example")
    parcel = read_parcel(unb64(filed["parcel"]))
    assert [file.kind for file in parcel.files] == ["office", "own", "identity", "share", "share", "share"]
    talk = both.talk
    content = age.unseal(parcel.files[0].content, [talk.epoch])
    thread = read_thread([Found("r", 0, content)], talk.reader("office", talk.epoch))
    assert thread.refused == ()
    assert thread.report.answers == {"what": ANSWERS["what"]}
    assert thread.reporter.sign == talk.mailbox.sign_public
    leaf = unb64(parcel.head["T"]) + unb64(parcel.head["c"])
    assert unb64(filed["leaf"])[:64] == leaf


def test_a_conversation_that_changes_language_at_every_step(both):
    talk = both.talk
    signer = talk.office.signer(talk.office.bruno)
    asked = both.act(
        "answer",
        talk.found("office", talk.epoch),
        text="Which gate?",
        sign=b64(talk.office.bruno.sign),
        entry=b64(signer.entry),
        proof=document.signer_json(signer)["proof"],
    )
    box = talk.mailbox.box
    question = Found("o", 0, age.unseal(unb64(asked["own"]), [box]))
    own = [*talk.found("own", box), question]
    seen = read_thread(own, talk.reader("reporter", box, reporter=talk.mailbox.sign_public))
    assert seen.refused == ()
    assert seen.posts[1].body.text == "Which gate?"

    said, _ = compose_message(seen, talk.mailbox, Message("Gate 4.", "en"), talk.readers, talk.where)
    own.append(Found("r", 1, age.unseal(said.files[1].content, [box])))
    told = both.act("read", own, receipt=b64(RECEIPT))
    assert told["refused"] == told["problems"] == []
    assert [post["said"] for post in told["posts"]][1:] == ["Which gate?", "Gate 4."]

    again = both.act("reply", own, receipt=b64(RECEIPT), text="And gate 5.")
    parcel = read_parcel(unb64(again["parcel"]))
    own.append(Found("r", 2, age.unseal(parcel.files[1].content, [box])))
    seen = read_thread(own, talk.reader("reporter", box, reporter=talk.mailbox.sign_public))
    assert seen.refused == seen.problems == ()
    assert seen.posts[-1].body.text == "And gate 5."


def test_both_refuse_an_altered_copy_alike(both):
    talk = both.talk
    [good] = talk.found("office", talk.epoch)
    for place in range(0, len(good.content), len(good.content) // 6):
        content = bytearray(good.content)
        content[place] ^= 1
        altered = Found("r", 0, bytes(content))
        thread = read_thread([altered], talk.reader("office", talk.epoch))
        told = both.act("read", [altered])
        assert told["posts"] == []
        assert told["refused"] == [one.error.code for one in thread.refused]


def test_a_report_from_the_terminal_opens_in_the_browser(both):
    talk = both.talk
    drop = compose_report(talk.manifest, talk.office.desk, bytes(16), Filing({"what": "秤有问题。"}, "zh-Hans"))
    content = age.unseal(drop.post.files[0].content, [talk.epoch])
    both.base["thread"] = b64(drop.mailbox.id)
    told = both.act("read", [Found("r", 0, content)])
    assert told["refused"] == []
    assert told["posts"] == [{"chain": "r", "n": 0, "kind": "report", "c": b64(drop.post.c), "said": "秤有问题。"}]


def test_vaults_open_on_the_other_side(typescript):  # noqa: F811 - the fixture
    member, seed = bytes(range(16)), bytes([9]) * 32
    vault = Vault(member, bytes([1]) * 32, bytes([2]) * 32, bytes([3]) * 32, Pins(bytes(32)))
    given = {"seed": b64(seed), "member": b64(member)}
    assert unb64(typescript("open-vault", file=b64(seal_vault(vault, seed)), **given)) == vault.sign
    file = typescript("seal-vault", vault=b64(write_vault(vault)), **given)
    assert open_vault(unb64(file), seed, member) == vault
