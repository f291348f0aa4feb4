import { wordlist } from "@scure/bip39/wordlists/english.js";

import { deliverList } from "../lists";

deliverList("english", wordlist);
