import { wordlist } from "@scure/bip39/wordlists/simplified-chinese.js";

import { deliver } from "../lists";

deliver("chinese simplified", wordlist);
