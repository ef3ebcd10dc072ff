import { ingest } from "./ingest";
import { kill } from "./kill";
import type { ProofName } from "./options";
import type { Proof } from "./report";

export const proofs: Partial<Record<ProofName, Proof>> = { ingest, kill };
