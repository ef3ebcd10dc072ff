import { integer, oneOf, required, text, typeRules } from "./rule";
import type { RulesByType } from "./rule";

/** What the provider of the package `tls` accepts of what is emulated. */
export const tlsRules: RulesByType = {
  "tls:index/privateKey:PrivateKey": typeRules({
    algorithm: required(text(oneOf("RSA", "ECDSA", "ED25519"))),
    ecdsaCurve: text(oneOf("P224", "P256", "P384", "P521")),
    rsaBits: integer(),
  }),
};
