import { ingest } from "./ingest";
import { kill } from "./kill";
import { malformed } from "./malformed";
import type { ProofName } from "./options";
import type { Proof } from "./report";
import { throttle } from "./throttle";

/** Those that can be carried out, by name. */
export const proofs: Record<ProofName, Proof> = { ingest, malformed, kill, throttle };
