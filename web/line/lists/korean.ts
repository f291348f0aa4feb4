import { wordlist } from "@scure/bip39/wordlists/korean.js";

import { deliverList } from "../lists";

deliverList("korean", wordlist);
