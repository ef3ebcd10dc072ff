import type { Stack } from "../../tests/e2e/support/stack";
import type { Client } from "./client";
import type { Ledger } from "./ledger";

/** Clients of a stack, and what they know. */
export interface Load {
  stack: Stack;
  client: Client;
  ledger: Ledger;
}
