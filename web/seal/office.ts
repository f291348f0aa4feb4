/** What the office's pages and worker use: everything of the report door, and what only members need. */
export * from "./index.js";
export { COST, SALT_SIZE, stretch, unlockByPassphrase, type Cost } from "./argon2.js";
export * from "./casekeys.js";
export { CHARTER_DAYS, writeCharter } from "./charter.js";
export * from "./invitation.js";
export * from "./keys.js";
export { readRoot, writeRoot } from "./root.js";
export { rootKey, rootSigningSeed } from "./rootkeys.js";
export { buildRoster, proofOf, writeEntry, type BuiltRoster, type Roster } from "./roster.js";
export { combine, split } from "./shares.js";
export { readSheet, writeSheet } from "./sheet.js";
export * from "./vault.js";
