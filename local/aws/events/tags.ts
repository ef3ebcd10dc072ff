import { AwsError } from "../aws-error";
import type { Buses } from "./buses";
import { defaultBus, invalidArn } from "./rule";

type Tags = Readonly<Record<string, string>>;

const arnPattern =
  /^arn:[^:]+:events:[^:]+:\d{12}:(?:event-bus\/([^/]+)|rule\/(?:([^/]+)\/)?([^/]+))$/;

/** What of EventBridge an ARN names. */
export interface TaggedResource {
  arn: string;
  /** @throws AwsError `ResourceNotFoundException`. */
  tags: () => Tags;
}

/** @throws AwsError `ValidationException` for an ARN of neither a bus nor a rule. */
export function taggedResource(arn: string, buses: Buses): TaggedResource {
  const [, bus, ruleBus = defaultBus, rule = ""] = arnPattern.exec(arn) ?? [];
  if (bus === undefined && rule === "") {
    throw invalidArn("ResourceARN");
  }
  return {
    arn,
    tags: () => {
      const { definition, ...found } =
        bus === undefined ? buses.rule(rule, ruleBus) : buses.bus(arn);
      if (found.arn !== arn) {
        throw new AwsError("ResourceNotFoundException", `The resource ${arn} does not exist.`);
      }
      return definition.tags ?? {};
    },
  };
}
