/** The bundle that draws a QR code. */
import { qr } from "../elements/qr";
import { deliver } from "./bundles";

deliver("qr", qr);
