/** The office door's one script: set-up, joining, and the workbench. */
import { readAssets } from "../workers/load.js";
import { startJoining } from "./join/joining.js";
import { readPage } from "./page.js";
import { startSetup } from "./setup/setup.js";
import { Shell } from "./shell.js";
import "./today/view.js";
import "./arrivals/view.js";
import "./cases/certificates.js";
import "./deleting/view.js";
import "./importing/view.js";
import "./many/view.js";
import "./given/view.js";
import "./requests/view.js";
import "./names/view.js";
import "./ownname/view.js";
import "./people/view.js";
import "./desks/view.js";
import "./forms/view.js";
import "./account/view.js";
import "./health/view.js";
import "./oversight/view.js";
import "./laws/view.js";
import "./room/view.js";
import "./waiting.js";

function start(): void {
  const page = readPage();
  const assets = readAssets(document);
  if (page.mode === "setup") startSetup(page, assets);
  else if (page.mode === "join") startJoining(page, assets);
  else new Shell(page, assets).signIn();
}

start();
