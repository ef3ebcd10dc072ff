import type { CompiledStatement, Grant, Question } from "./compile";
import { statementsOfRole } from "./role-store";
import type { RoleRecord } from "./role-store";
import type { Decision, StatementReference } from "./types";

/** What a role's policies grant, and what its sessions made of it. */
export interface RoleUsage {
  /** Name of the role. */
  role: string;
  /** Each action of each allowing statement on each of its resources. */
  grants: GrantUsage[];
  refused: RefusedCall[];
}

/** One action pattern on one resource pattern that a statement allows. */
export interface GrantUsage extends StatementReference {
  /** As the document says it, such as `s3:Get*`. */
  action: string;
  /** As the document says it. */
  resource: string;
  /** How often each action was allowed by it, such as `{"s3:GetObject": 3}`; empty when unused. */
  used: Record<string, number>;
}

/** Calls of the same action on the same resource that were refused. */
export interface RefusedCall {
  action: string;
  /** ARN; `*` also for the resources that came after the first {@link maxRefusals}. */
  resource: string;
  /** Why the first of them was refused. */
  explanation: string;
  count: number;
}

interface Tally {
  used: Map<Grant, Map<string, number>>;
  refused: Map<string, RefusedCall>;
}

/** Most refused calls of a role that are told apart: callers choose object keys without end. */
export const maxRefusals = 100;

/**
 * Counts what sessions of roles were allowed by which grant, and what they were refused.
 *
 * Memory is bounded by the policies and by {@link maxRefusals}. Where several grants cover a call,
 * the first is its reason, so that one which another makes superfluous shows as unused. What a
 * resource's own policy allows uses none of the role's grants.
 */
export class Usage {
  readonly #tallies = new Map<RoleRecord, Tally>();

  /** @param statements of the policies of `role`. */
  record(
    role: RoleRecord,
    statements: readonly CompiledStatement[],
    question: Question,
    decision: Decision,
  ): void {
    const tally: Tally = this.#tallies.get(role) ?? { used: new Map(), refused: new Map() };
    this.#tallies.set(role, tally);
    if (!decision.allowed) {
      countRefusal(tally.refused, question, decision);
      return;
    }
    const reason = statements.find(({ reference }) => reference === decision.statement);
    const grant = reason?.grants.find((candidate) => candidate.covers(question));
    if (grant) {
      const actions = tally.used.get(grant) ?? new Map<string, number>();
      tally.used.set(grant, actions.set(question.action, (actions.get(question.action) ?? 0) + 1));
    }
  }

  /** What was counted, for each of `roles`. */
  report(roles: readonly RoleRecord[]): RoleUsage[] {
    return roles.map((role) => {
      const tally = this.#tallies.get(role);
      const allowing = statementsOfRole(role).filter(({ effect }) => effect === "Allow");
      return {
        role: role.name,
        grants: allowing.flatMap(({ reference, grants }) =>
          grants.map((grant) => ({
            ...reference,
            action: grant.action,
            resource: grant.resource,
            used: Object.fromEntries(tally?.used.get(grant) ?? []),
          })),
        ),
        refused: [...(tally?.refused.values() ?? [])],
      };
    });
  }
}

function countRefusal(
  refused: Map<string, RefusedCall>,
  { action, resource }: Question,
  { explanation }: Decision,
): void {
  const toldApart = refused.has(`${action} ${resource}`) || refused.size < maxRefusals;
  const target = toldApart ? resource : "*";
  const key = `${action} ${target}`;
  const call = refused.get(key) ?? { action, resource: target, explanation, count: 0 };
  call.count += 1;
  refused.set(key, call);
}
