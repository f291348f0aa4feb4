import { wordlist } from "@scure/bip39/wordlists/spanish.js";

import { deliver } from "../lists";

deliver("spanish", wordlist);
