import { wordlist } from "@scure/bip39/wordlists/korean.js";

import { deliver } from "../lists";

deliver("korean", wordlist);
