import type { Clients, Target } from "./target";
import { dynamoDbProbes } from "./dynamodb-probes";
import { otherProbes } from "./other-probes";
import { s3Probes } from "./s3-probes";

/** One call that an attacker tries. */
export interface Probe {
  /** Operation of the API, such as `HeadObject`. */
  operation: string;
  /** The permission that it takes, such as `s3:GetObject`. */
  action: string;
  /** What it is tried on, such as `imagesBucket/images`. */
  place: string;
  send: (clients: Clients) => Promise<unknown>;
}

/** Every operation of every data plane on every resource of the stack. */
export function allProbes(target: Target): Probe[] {
  return [...s3Probes(target), ...dynamoDbProbes(target), ...otherProbes(target)];
}
