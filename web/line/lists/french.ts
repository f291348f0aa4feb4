import { wordlist } from "@scure/bip39/wordlists/french.js";

import { deliverList } from "../lists";

deliverList("french", wordlist);
