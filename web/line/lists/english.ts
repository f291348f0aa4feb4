import { wordlist } from "@scure/bip39/wordlists/english.js";

import { deliver } from "../lists";

deliver("english", wordlist);
