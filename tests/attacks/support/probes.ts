import type { Probe } from "./probe";
import type { Target } from "./target";
import { dynamoDbProbes } from "./dynamodb-probes";
import { otherProbes } from "./other-probes";
import { s3Probes } from "./s3-probes";

/** Every operation of every data plane on every resource of the stack. */
export function allProbes(target: Target): Probe[] {
  return [...s3Probes(target), ...dynamoDbProbes(target), ...otherProbes(target)];
}
