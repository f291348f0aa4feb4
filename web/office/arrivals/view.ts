/** Puts the arrivals into the workbench, for handlers and leads. Others have no tab; the server and the keys decide. */

import { t } from "../../elements/words.js";
import { has } from "../facts.js";
import { view } from "../views.js";
import { Workplace } from "./workplace.js";

view("arrivals", {
  title: () => t("Arrivals"),
  order: 10,
  for: (facts) => has(facts, "handler") || has(facts, "lead"),
  render: (host, path, bench) => new Workplace(host, path, bench),
});
