import { wordlist } from "@scure/bip39/wordlists/japanese.js";

import { deliverList } from "../lists";

deliverList("japanese", wordlist);
