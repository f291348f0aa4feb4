import { wordlist } from "@scure/bip39/wordlists/portuguese.js";

import { deliver } from "../lists";

deliver("portuguese", wordlist);
