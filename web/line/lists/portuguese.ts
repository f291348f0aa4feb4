import { wordlist } from "@scure/bip39/wordlists/portuguese.js";

import { deliverList } from "../lists";

deliverList("portuguese", wordlist);
