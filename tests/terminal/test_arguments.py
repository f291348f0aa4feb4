"""What people paste from a page or a poster is taken as it stands, though it begins with a dash."""

import argparse

import pytest

from fairline.cli import open as opening
from fairline.cli import send
from fairline.cli.arguments import read_arguments


def parser_of(command) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    command.describe(parser)
    return parser


@pytest.mark.parametrize("value", ["-A", "--bc", "-" + "b" * 42, "-h"])
def test_a_pasted_value_may_begin_with_a_dash(value: str) -> None:
    parsed = read_arguments(parser_of(send), ["http://localhost", "--fingerprint", value, "--test-ticket", value])
    assert (parsed.fingerprint, parsed.test_ticket) == (value, value)
    assert read_arguments(parser_of(opening), ["http://localhost", "--fingerprint", value]).fingerprint == value


def test_an_option_without_its_value_is_still_refused() -> None:
    with pytest.raises(SystemExit):
        read_arguments(parser_of(send), ["http://localhost", "--fingerprint"])
