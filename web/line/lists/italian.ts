import { wordlist } from "@scure/bip39/wordlists/italian.js";

import { deliver } from "../lists";

deliver("italian", wordlist);
