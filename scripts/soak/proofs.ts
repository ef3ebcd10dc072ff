import type { ProofName } from "./options";
import type { Proof } from "./report";

/** Loads a proof when it is its turn: what it needs takes a while. */
export const proofs: Partial<Record<ProofName, () => Promise<Proof>>> = {};
