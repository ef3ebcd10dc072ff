import { InvalidArgumentError } from "commander";
import type { FaultRule } from "./faults";
import { faultKindsOf, faultyServices } from "./services";
import type { FaultyServiceName } from "./services";

/** `service`, `service:*` or `service:Operation`, an equals sign, maybe `kind:`, a number. */
const form = /^(\w+)(?::(\w+|\*))?=(?:(\w+):)?([^:]+)$/;

/**
 * Reads rules such as `s3:PutObject=0.1,dynamodb=throttle:0.05,lambda=crash:0.02`. The kind is
 * `error` when none is named.
 *
 * @throws InvalidArgumentError says what is accepted.
 */
export function parseFaultRules(text: string): FaultRule[] {
  return text.split(",").map(parseRule);
}

function parseRule(text: string): FaultRule {
  const [rule, target = "", operation = "*", kind = "error", number = ""] = form.exec(text) ?? [];
  if (rule === undefined) {
    throw new InvalidArgumentError(
      `"${text}" must have the form target=[kind:]probability, such as s3:PutObject=0.1.`,
    );
  }
  const services = Object.keys(faultyServices) as FaultyServiceName[];
  const service = oneOf("service with faults", target, services);
  const { operations } = faultyServices[service];
  const faulty = operation === "*" ? service : `${service}:${operation}`;
  return {
    service,
    ...(operation !== "*" && {
      operation: oneOf(`operation of ${service}`, operation, operations),
    }),
    kind: oneOf(`fault of ${faulty}`, kind, faultKindsOf(service, operation)),
    probability: parseProbability(number),
  };
}

/** @throws InvalidArgumentError when `text` is none of `accepted`. */
function oneOf<Name extends string>(what: string, text: string, accepted: readonly Name[]): Name {
  const found = accepted.find((name) => name === text);
  if (found === undefined) {
    throw new InvalidArgumentError(`"${text}" is no ${what}: it may be ${accepted.join(", ")}.`);
  }
  return found;
}

function parseProbability(text: string): number {
  const probability = Number(text);
  if (!(probability > 0 && probability <= 1)) {
    throw new InvalidArgumentError(`"${text}" is no probability above 0 and up to 1.`);
  }
  return probability;
}
