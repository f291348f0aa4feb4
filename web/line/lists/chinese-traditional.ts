import { wordlist } from "@scure/bip39/wordlists/traditional-chinese.js";

import { deliverList } from "../lists";

deliverList("chinese traditional", wordlist);
