"""What this room serves on the office door."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.offices.views import desks, documents, laws, notebook, pages, people, setup, signing_in, vaults

AT = "api/at/<id16:office>/"
DESK = f"{AT}desks/<id16:desk>/"

urlpatterns = table(
    route("GET", "", pages.front, access=Access.ANYONE, name="office-front"),
    route("GET", "setup", pages.setup, access=Access.SET_UP, name="office-setup"),
    route("GET", "at/<id16:office>/", pages.workbench, access=Access.ANYONE, name="office-workbench"),
    route("GET", "at/<id16:office>/join", pages.join, access=Access.SET_UP, name="office-join"),
    route("POST", "api/setup/begin", setup.begin, access=Access.SET_UP, name="office-setup-begin"),
    route("POST", "api/setup", setup.found, access=Access.SET_UP, name="office-found"),
    route("POST", f"{AT}signin/start", signing_in.start, access=Access.ANYONE, name="office-signin-start"),
    route("POST", f"{AT}signin", signing_in.sign_in, access=Access.ANYONE, name="office-signin"),
    route("POST", f"{AT}signout", signing_in.sign_out, access=Access.SIGNED_IN),
    route("POST", f"{AT}signout-everywhere", signing_in.sign_out_everywhere, access=Access.SIGNED_IN),
    route("GET", f"{AT}me", signing_in.me, access=Access.SIGNED_IN, name="office-me"),
    route("GET", f"{AT}vault", vaults.read, access=Access.SIGNED_IN, name="office-vault"),
    route("PUT", f"{AT}vault", vaults.replace, access=Access.SIGNED_IN),
    route("GET", f"{AT}notebook", notebook.pages, access=Access.DESK, name="office-notebook"),
    route("PUT", f"{AT}notebook/<id16:note>", notebook.put, access=Access.DESK, name="office-note"),
    route("DELETE", f"{AT}notebook/<id16:note>", notebook.remove, access=Access.DESK),
    route("PUT", f"{AT}telephone", vaults.telephone, access=Access.SIGNED_IN),
    route("POST", f"{AT}way-back", vaults.way_back_tried, access=Access.SIGNED_IN),
    route("GET", f"{AT}documents", documents.documents, access=Access.SIGNED_IN, name="office-documents"),
    route("GET", f"{AT}proposals", documents.proposals, access=Access.SIGNED_IN, name="office-proposals"),
    route("POST", f"{AT}proposals", documents.propose, access=Access.ADMINISTRATOR),
    # Who is to become an administrator signs before any charter gives the role; the service asks for the root key.
    route("POST", f"{AT}proposals/<id16:proposal>/signatures", documents.sign, access=Access.SIGNED_IN),
    route("POST", f"{AT}proposals/<id16:proposal>/withdrawal", documents.withdraw, access=Access.ADMINISTRATOR),
    route("GET", f"{AT}invitations", people.invitations, access=Access.ADMINISTRATOR, name="office-invitations"),
    route("POST", f"{AT}invitations", people.invite, access=Access.ADMINISTRATOR),
    route("POST", f"{AT}invitations/<id16:invitation>/withdrawal", people.withdraw, access=Access.ADMINISTRATOR),
    route("POST", f"{AT}joinings/look", people.look, access=Access.SET_UP),
    route("POST", f"{AT}joinings", people.join, access=Access.SET_UP),
    route("GET", f"{AT}laws", laws.laws, access=Access.TERMS, name="office-laws"),
    route("POST", f"{AT}laws/confirmation", laws.confirmation, access=Access.TERMS),
    route("POST", f"{AT}laws/version", laws.adopt, access=Access.TERMS, name="office-law-version"),
    route("POST", f"{AT}laws/own", laws.propose, access=Access.ADMINISTRATOR, name="office-own-row"),
    route("POST", f"{AT}laws/own/<id16:row>/agreement", laws.agree, access=Access.TERMS),
    route("POST", f"{AT}laws/own/<id16:row>/withdrawal", laws.refuse, access=Access.TERMS),
    route("GET", f"{AT}desks", desks.state, access=Access.SIGNED_IN, name="office-desks"),
    route("GET", f"{DESK}keys", desks.keys, access=Access.DESK, name="office-desk-keys"),
    route("POST", f"{DESK}unlocked", desks.unlocked, access=Access.DESK),
    route("GET", f"{DESK}texts", desks.texts, access=Access.SIGNED_IN),
    route("POST", f"{DESK}sheets", desks.sheet, access=Access.LEAD),
)
