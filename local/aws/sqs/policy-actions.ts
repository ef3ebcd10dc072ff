import { AwsError } from "../aws-error";
import { listOf, statementsOf } from "../iam/policy-document";
import type { PolicyDocument } from "../iam/types";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
const actions = new Set(
  `
  addpermission cancelmessagemovetask changemessagevisibility changemessagevisibilitybatch createqueue
  deletemessage deletemessagebatch deletequeue getqueueattributes getqueueurl listdeadlettersourcequeues
  listmessagemovetasks listqueues listqueuetags purgequeue receivemessage removepermission sendmessage
  sendmessagebatch setqueueattributes startmessagemovetask tagqueue untagqueue
  `
    .trim()
    .split(/\s+/),
);

/**
 * Checks that the policy of a queue is about actions of SQS.
 *
 * @throws AwsError `InvalidAttributeValue`.
 */
export function checkActions(policy: PolicyDocument): void {
  for (const { Action, NotAction } of statementsOf(policy)) {
    for (const action of listOf(Action ?? NotAction ?? [])) {
      if (!isOfSqs(action)) {
        throw new AwsError(
          "InvalidAttributeValue",
          `Invalid value for the parameter Policy. Reason: Policy statement action out of service scope: ${action}`,
        );
      }
    }
  }
}

function isOfSqs(action: string): boolean {
  const [, name] = /^(?:sqs:)(.+)$/i.exec(action) ?? [];
  return (
    action === "*" || (name !== undefined && (/[*?]/.test(name) || actions.has(name.toLowerCase())))
  );
}
