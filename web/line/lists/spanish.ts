import { wordlist } from "@scure/bip39/wordlists/spanish.js";

import { deliverList } from "../lists";

deliverList("spanish", wordlist);
