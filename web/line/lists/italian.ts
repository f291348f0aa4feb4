import { wordlist } from "@scure/bip39/wordlists/italian.js";

import { deliverList } from "../lists";

deliverList("italian", wordlist);
