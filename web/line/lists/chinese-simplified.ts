import { wordlist } from "@scure/bip39/wordlists/simplified-chinese.js";

import { deliverList } from "../lists";

deliverList("chinese simplified", wordlist);
