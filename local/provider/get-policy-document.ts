import { createHash } from "node:crypto";
import type { PolicyStatement } from "../aws/iam/types";
import { NotEmulated } from "./refuse-inputs";
import type { Properties } from "./resource";

interface Identifiers {
  type: string;
  identifiers: string[];
}

interface StatementInputs {
  sid?: string;
  effect?: PolicyStatement["Effect"];
  actions?: string[];
  notActions?: string[];
  resources?: string[];
  notResources?: string[];
  principals?: Identifiers[];
  notPrincipals?: Identifiers[];
  conditions?: { test: string; variable: string; values: string[] }[];
}

interface Inputs {
  policyId?: string;
  version?: string;
  statements?: StatementInputs[];
}

/** Inputs that merge documents, which is not emulated. */
const merges = [
  "sourceJson",
  "sourcePolicyDocuments",
  "overrideJson",
  "overridePolicyDocuments",
] as const;

/**
 * `aws.iam.getPolicyDocument`: writes a policy document as the provider writes it.
 *
 * @throws NotEmulated when documents are to be merged.
 */
export function getPolicyDocument(args: Properties): Properties {
  const merged = merges.filter((name) => args[name] !== undefined);
  if (merged.length > 0) {
    throw new NotEmulated({ name: "getPolicyDocument" }, merged.join(", "));
  }
  const { policyId, version = "2012-10-17", statements = [] } = args as Inputs;
  const document = {
    Version: version,
    ...(policyId !== undefined && { Id: policyId }),
    Statement: statements.map(renderStatement),
  };
  const json = JSON.stringify(document, undefined, 2);
  const id = createHash("sha256").update(json).digest("hex").slice(0, 10);
  return { ...args, version, id, json, minifiedJson: JSON.stringify(document) };
}

/** In the order of elements that the provider writes. */
function renderStatement(inputs: StatementInputs): Partial<PolicyStatement> {
  const { sid, effect = "Allow", conditions = [] } = inputs;
  const element = (name: keyof PolicyStatement, values: string[] | undefined) =>
    values?.length ? { [name]: oneOrMore(values) } : {};
  return {
    ...(sid !== undefined && { Sid: sid }),
    Effect: effect,
    ...element("Action", inputs.actions),
    ...element("NotAction", inputs.notActions),
    ...element("Resource", inputs.resources),
    ...element("NotResource", inputs.notResources),
    ...(inputs.principals?.length && { Principal: renderPrincipals(inputs.principals) }),
    ...(inputs.notPrincipals?.length && { NotPrincipal: renderPrincipals(inputs.notPrincipals) }),
    ...(conditions.length > 0 && { Condition: renderConditions(conditions) }),
  };
}

function renderPrincipals(principals: Identifiers[]): NonNullable<PolicyStatement["Principal"]> {
  const rendered = renderGroups(
    principals,
    ({ type }) => type,
    (group) => oneOrMore(group.flatMap(({ identifiers }) => identifiers)),
  );
  return "*" in rendered ? "*" : rendered;
}

function renderConditions(
  conditions: NonNullable<StatementInputs["conditions"]>,
): NonNullable<PolicyStatement["Condition"]> {
  return renderGroups(
    conditions,
    ({ test }) => test,
    (sameTest) =>
      renderGroups(
        sameTest,
        ({ variable }) => variable,
        (group) => oneOrMore(group.flatMap(({ values }) => values)),
      ),
  );
}

function renderGroups<T, U>(
  items: readonly T[],
  keyOf: (item: T) => string,
  render: (group: T[]) => U,
): Record<string, U> {
  const keys = [...new Set(items.map(keyOf))];
  return Object.fromEntries(
    keys.map((key) => [key, render(items.filter((item) => keyOf(item) === key))]),
  );
}

/** A single value stands alone; several are a list, in the provider's descending order. */
function oneOrMore(values: string[]): string | string[] {
  const [first = "", ...rest] = [...new Set(values)].sort().reverse();
  return rest.length === 0 ? first : [first, ...rest];
}
