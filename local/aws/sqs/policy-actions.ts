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
 * Checks that the policy of a queue is about actions and resources of SQS.
 *
 * @throws AwsError `InvalidAttributeValue`.
 */
export function checkScope(policy: PolicyDocument): void {
  for (const { Action, NotAction, Resource, NotResource } of statementsOf(policy)) {
    const action = listOf(Action ?? NotAction ?? []).find((each) => !isOfSqs(each));
    if (action !== undefined) {
      throw invalid(`Policy statement action out of service scope: ${action}`);
    }
    const resource = listOf(Resource ?? NotResource ?? []).find((each) => !mayBeQueue(each));
    if (resource !== undefined) {
      throw invalid(`Policy statement resource is not a queue: ${resource}`);
    }
  }
}

function invalid(reason: string): AwsError {
  return new AwsError(
    "InvalidAttributeValue",
    `Invalid value for the parameter Policy. Reason: ${reason}`,
  );
}

/** Another service's ARN is refused; which queue it is, AWS does not look at. */
function mayBeQueue(resource: string): boolean {
  const [, service] = /^arn:[^:]*:([^:]*):/.exec(resource) ?? [];
  return service === undefined || service === "sqs" || /[*?]/.test(service);
}

function isOfSqs(action: string): boolean {
  const [, name] = /^(?:sqs:)(.+)$/i.exec(action) ?? [];
  return (
    action === "*" || (name !== undefined && (/[*?]/.test(name) || actions.has(name.toLowerCase())))
  );
}
