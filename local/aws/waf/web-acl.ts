import { matchingRules } from "./managed-rules";
import { RequestCounts } from "./request-counts";
import type {
  InspectedRequest,
  ManagedStatement,
  Refusal,
  RuleAction,
  WebAclDefinition,
  WebAclRule,
} from "./types";

/**
 * A web ACL: its rules one after another, until one allows or blocks a request.
 * https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing.html
 */
export class WebAcl {
  readonly definition: WebAclDefinition;
  readonly #rules: readonly WebAclRule[];
  /** Of rules with a rate, by name. */
  readonly #counts: ReadonlyMap<string, RequestCounts>;

  constructor(definition: WebAclDefinition) {
    this.definition = definition;
    this.#rules = definition.rules.toSorted((one, other) => one.priority - other.priority);
    this.#counts = new Map(
      definition.rules.flatMap(({ name, statement }) =>
        statement.kind === "rate" ? [[name, new RequestCounts(statement.windowSeconds)]] : [],
      ),
    );
  }

  /** @returns why a request is refused, or nothing when it is let through. */
  inspect(request: InspectedRequest, now: Date): Refusal | undefined {
    for (const rule of this.#rules) {
      const { kind, ...refusal } = this.#decide(rule, request, now);
      if (kind === "allow") {
        return undefined;
      }
      if (kind === "block") {
        return { rule: rule.name, ...refusal };
      }
    }
    const { kind, ...refusal } = this.definition.defaultAction;
    return kind === "block" ? { rule: "Default_Action", ...refusal } : undefined;
  }

  /** What a rule says of a request; `count` goes on, as does a rule that does not match. */
  #decide(rule: WebAclRule, request: InspectedRequest, now: Date): RuleAction {
    const { statement, action } = rule;
    if (statement.kind === "managed") {
      return managedAction(statement, request);
    }
    // Requests that are refused are counted, too.
    const count = this.#counts.get(rule.name)?.add(request.address, now) ?? 0;
    return count > statement.limit ? action : { kind: "count" };
  }
}

/** The first rule of the group that does more than to count. */
function managedAction(statement: ManagedStatement, request: InspectedRequest): RuleAction {
  const { group, overrides, countsOnly } = statement;
  const actions = matchingRules(group, request).map(
    (name): RuleAction => overrides[name] ?? { kind: "block" },
  );
  const decided = countsOnly ? undefined : actions.find(({ kind }) => kind !== "count");
  return decided ?? { kind: "count" };
}
