"""Settings that are unknown or bad are refused with a sentence; good ones are obeyed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fairline.core.settings_file import SettingsError, load


def test_without_any_setting_three_doors_stand_on_loopback(tmp_path: Path) -> None:
    settings = load({"FAIRLINE_DATA": str(tmp_path)})
    assert {name: (door.host, door.port, door.origin) for name, door in settings.doors.items()} == {
        "report": ("127.0.0.1", 8001, "http://localhost:8001"),
        "office": ("127.0.0.1", 8002, "http://localhost:8002"),
        "public": ("127.0.0.1", 8003, "http://localhost:8003"),
    }
    assert settings.database == f"sqlite:///{tmp_path}/fairline.sqlite3"
    assert settings.public_database == f"sqlite:///{tmp_path}/public.sqlite3"
    assert settings.blobs == f"file://{tmp_path}/blobs"
    assert not settings.demo
    assert settings.trusted_proxy == ""
    assert settings.doors["public"].database == ""


def test_the_file_in_the_data_folder_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "fairline.toml").write_text(
        'language = "ar"\n[report]\nport = 9001\norigin = "https://report.example.org"\n[office]\nport = 9002\n'
    )
    settings = load({"FAIRLINE_DATA": str(tmp_path), "FAIRLINE_OFFICE_PORT": "9102"})
    assert settings.language == "ar"
    assert settings.doors["report"].port == 9001
    assert settings.doors["report"].hosts == ("report.example.org",)
    assert settings.doors["report"].secure
    assert settings.doors["office"].port == 9102


def test_each_door_can_have_a_database_role_of_its_own(tmp_path: Path) -> None:
    url, own = "postgresql://owner@db/fairline", "postgresql://fairline_report@db/fairline"
    settings = load({"FAIRLINE_DATA": str(tmp_path), "FAIRLINE_DATABASE": url, "FAIRLINE_REPORT_DATABASE": own})
    assert settings.doors["report"].database == own
    assert settings.doors["office"].database == url


REFUSED = {
    "an unknown variable": ({"FAIRLINE_REPROT_PORT": "1"}, "", "FAIRLINE_REPROT_PORT"),
    "an unknown setting": ({}, "colour = 1", "no setting 'colour'"),
    "an unknown setting of a door": ({}, "[report]\nprot = 1", "no setting 'prot'"),
    "a door that is no table": ({}, "report = 1", "must be a table"),
    "no TOML": ({}, "language = ", "not a TOML file"),
    "a proxy that could be anybody": ({"FAIRLINE_TRUSTED_PROXY": "*"}, "", "trusted_proxy"),
    "a proxy by name": ({"FAIRLINE_TRUSTED_PROXY": "localhost"}, "", "trusted_proxy"),
    "a port that is a word": ({"FAIRLINE_REPORT_PORT": "http"}, "", "report_port"),
    "a port that is too high": ({"FAIRLINE_REPORT_PORT": "65536"}, "", "report_port"),
    "a port that is true": ({}, "[report]\nport = true", "report_port"),
    "two doors at one port": ({"FAIRLINE_REPORT_PORT": "8002"}, "", "same host and port"),
    "two doors of one origin": (
        {"FAIRLINE_REPORT_ORIGIN": "https://a.example", "FAIRLINE_OFFICE_ORIGIN": "https://a.example"},
        "",
        "same origin",
    ),
    "an origin with a path": ({"FAIRLINE_REPORT_ORIGIN": "https://a.example/"}, "", "report_origin"),
    "a foreign database": ({"FAIRLINE_DATABASE": "mysql://db/x"}, "", "database"),
    "a database without a name": ({"FAIRLINE_DATABASE": "postgresql://db/"}, "", "database"),
    "one database for all": (
        {"FAIRLINE_DATABASE": "sqlite:////a", "FAIRLINE_PUBLIC_DATABASE": "sqlite:////a"}, "", "differ",
    ),
    "the sealed store for the public door": ({}, '[public]\ndatabase = "sqlite:////b"', "public door"),
    "blobs nowhere": ({"FAIRLINE_BLOBS": "ftp://x"}, "", "blobs"),
    "a language that we do not speak": ({"FAIRLINE_LANGUAGE": "tlh"}, "", "language"),
    "a flag that is neither": ({"FAIRLINE_DEMO": "perhaps"}, "", "demo"),
    "a number for a text": ({}, "language = 1", "language"),
    "a test clock in earnest": ({"FAIRLINE_TEST_CLOCK": "/clock"}, "", "test_clock"),
    "a file that is not there": ({"FAIRLINE_CONFIG": "/nowhere/fairline.toml"}, "", "no such file"),
    "a mail server without a sender": ({"FAIRLINE_MAIL_HOST": "mail.example"}, "", "mail_from"),
    "a sender that is none": ({"FAIRLINE_MAIL_HOST": "m.example", "FAIRLINE_MAIL_FROM": "line"}, "", "mail_from"),
    "a mail server elsewhere without TLS": (
        {"FAIRLINE_MAIL_HOST": "m.example", "FAIRLINE_MAIL_FROM": "a@b.example", "FAIRLINE_MAIL_TLS": "none"},
        "",
        "mail_tls",
    ),
    "a user without a password": ({}, '[mail]\nhost = "m"\nfrom = "a@b.example"\nuser = "a"', "belong together"),
    "a password that is not there": (
        {}, '[mail]\nhost = "m"\nfrom = "a@b.example"\nuser = "a"\npassword_file = "/nowhere"', "cannot be read",
    ),
    "an unknown setting of mail": ({}, '[mail]\npassword = "a"', "no setting 'password'"),
    "an hour that no day has": ({"FAIRLINE_NOTICE_HOUR": "24"}, "", "notice_hour"),
    "a webhook without a secret": ({"FAIRLINE_WEBHOOK_URL": "https://m.example/"}, "", "webhook_secret_file"),
    "a webhook over http": ({"FAIRLINE_WEBHOOK_URL": "http://m.example/"}, "", "needs https"),
    "a webhook with a password": ({"FAIRLINE_WEBHOOK_URL": "https://a:b@m.example/"}, "", "webhook_url"),
    "a webhook of no office": ({}, '[webhook.offices]\nquay = "https://m.example/"', "no id of an office"),
    "a webhook's secret that is short": (
        {"FAIRLINE_WEBHOOK_URL": "https://m.example", "FAIRLINE_WEBHOOK_SECRET_FILE": "/dev/null"}, "", "fewer than",
    ),
    "a webhook for an office in the environment": ({"FAIRLINE_WEBHOOK_OFFICES": "{}"}, "", "no such setting"),
    "a host with a path": ({"FAIRLINE_REPORT_HOST": "a/b"}, "", "report_host"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_setting_is_refused_with_a_sentence(tmp_path: Path, case: str) -> None:
    environ, file, words = REFUSED[case]
    if file:
        (tmp_path / "fairline.toml").write_text(file)
    with pytest.raises(SettingsError, match=words) as refusal:
        load({"FAIRLINE_DATA": str(tmp_path), **environ})
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("command", ["run", "prepare", "check", "night"])
def test_no_command_starts_with_a_bad_setting(tmp_path: Path, command: str) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("FAIRLINE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "fairline.cli.main", command],
        env={**environ, "FAIRLINE_DATA": str(tmp_path), "FAIRLINE_COLOUR": "red"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "FAIRLINE_COLOUR" in done.stderr
    assert "Traceback" not in done.stderr
    assert not any(tmp_path.iterdir())


def test_a_test_clock_is_accepted_where_nothing_is_in_earnest(tmp_path: Path) -> None:
    settings = load({"FAIRLINE_DATA": str(tmp_path), "FAIRLINE_DEMO": "yes", "FAIRLINE_TEST_CLOCK": "/clock"})
    assert settings.test_clock == Path("/clock")


def test_mail_and_webhooks_are_read_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("nine quiet herons stand in the reeds\n")
    office = "A" * 22
    (tmp_path / "fairline.toml").write_text(
        'notice_hour = 7\n[mail]\nhost = "mail.example.org"\nfrom = "line@example.org"\nuser = "line"\n'
        f'password_file = "{tmp_path}/secret"\n[webhook]\nurl = "https://monitor.example.org/"\n'
        f'secret_file = "{tmp_path}/secret"\n[webhook.offices]\n{office} = "https://other.example.org/a"\n'
    )
    settings = load({"FAIRLINE_DATA": str(tmp_path)})
    assert settings.notice_hour == 7
    assert settings.mail is not None
    assert (settings.mail.port, settings.mail.tls, settings.mail.sender) == (587, "starttls", "line@example.org")
    assert settings.webhook is not None
    assert settings.webhook.url_of(office) == "https://other.example.org/a"
    assert settings.webhook.url_of("B" * 22) == "https://monitor.example.org/"
    assert load({"FAIRLINE_DATA": str(tmp_path / "other")}).mail is None
