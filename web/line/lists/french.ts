import { wordlist } from "@scure/bip39/wordlists/french.js";

import { deliver } from "../lists";

deliver("french", wordlist);
