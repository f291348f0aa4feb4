import { wordlist } from "@scure/bip39/wordlists/czech.js";

import { deliverList } from "../lists";

deliverList("czech", wordlist);
