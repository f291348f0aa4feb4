import { wordlist } from "@scure/bip39/wordlists/traditional-chinese.js";

import { deliver } from "../lists";

deliver("chinese traditional", wordlist);
