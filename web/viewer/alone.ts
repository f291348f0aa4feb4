/**
 * The first lines of a viewer, before anything of a file is there: what the policy of this document cannot forbid is
 * taken away. (Browsers do not know `webrtc 'block'`.)
 */
const WAYS_OUT = ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "RTCIceTransport", "WebTransport"];

for (const name of WAYS_OUT) Reflect.deleteProperty(globalThis, name);
