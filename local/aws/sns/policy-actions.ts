import { listOf, statementsOf } from "../iam/policy-document";
import type { PolicyDocument } from "../iam/types";

/**
 * Actions that the policy of a topic can be about.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
 */
const actions = new Set(
  `
  addpermission confirmsubscription deletetopic getdataprotectionpolicy getsubscriptionattributes
  gettopicattributes listsubscriptionsbytopic listtagsforresource publish putdataprotectionpolicy receive
  removepermission setsubscriptionattributes settopicattributes subscribe tagresource unsubscribe
  untagresource
  `
    .trim()
    .split(/\s+/),
);

/** Whether a policy is about actions of topics alone. */
export function hasOnlyTopicActions(policy: PolicyDocument): boolean {
  return statementsOf(policy)
    .flatMap(({ Action, NotAction }) => listOf(Action ?? NotAction ?? []))
    .every(isOfTopics);
}

function isOfTopics(action: string): boolean {
  const [, name] = /^(?:sns:)(.+)$/i.exec(action) ?? [];
  return (
    action === "*" || (name !== undefined && (/[*?]/.test(name) || actions.has(name.toLowerCase())))
  );
}
