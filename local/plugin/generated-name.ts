import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { fromStruct } from "../engine/properties";
import { nameOf, typeOf } from "../engine/urn";
import { autoName, isMadeUp, isToBeNamed } from "../provider/auto-name";
import type { NamingRule, ProposedName, RandomCharacters } from "../provider/auto-name";
import type { Properties } from "../provider/resource";
import { propertiesOf } from "./messages";

/**
 * The inputs with a name: the one that the program gives, or the one that was made up for the resource
 * before, or a new one.
 *
 * @param originOf tells the URN for which a name was made up, as the resource may have had another one.
 * @throws Error when no name can be made up.
 */
export function withName(
  request: CheckRequest,
  rule: NamingRule,
  random: RandomCharacters,
  originOf: (name: unknown) => string | undefined,
): Properties {
  const inputs = propertiesOf(request.getNews());
  if (!isToBeNamed(rule, inputs)) {
    return inputs;
  }
  const { property } = rule;
  const before = propertiesOf(request.getOlds())[property];
  return {
    ...inputs,
    [property]: isMadeUp(before, nameOf(originOf(before) ?? request.getUrn()))
      ? before
      : newName(request, rule, random),
  };
}

function newName(request: CheckRequest, rule: NamingRule, random: RandomCharacters): string {
  const urn = request.getUrn();
  const { values } = fromStruct(request.getNews());
  const resource = { type: typeOf(urn), name: nameOf(urn), inputs: values };
  return autoName(resource, rule, random, proposedName(request));
}

const { DISABLE, ENFORCE, PROPOSE } = CheckRequest.AutonamingOptions.Mode;
const modes = new Map<number, ProposedName["mode"]>([
  [DISABLE, "disable"],
  [ENFORCE, "enforce"],
  [PROPOSE, "propose"],
]);

function proposedName(request: CheckRequest): ProposedName | undefined {
  const options = request.getAutonaming();
  const mode = options && modes.get(options.getMode());
  return mode && { mode, name: options.getProposedName() };
}
