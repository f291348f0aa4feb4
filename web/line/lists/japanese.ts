import { wordlist } from "@scure/bip39/wordlists/japanese.js";

import { deliver } from "../lists";

deliver("japanese", wordlist);
