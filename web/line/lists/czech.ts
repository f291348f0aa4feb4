import { wordlist } from "@scure/bip39/wordlists/czech.js";

import { deliver } from "../lists";

deliver("czech", wordlist);
