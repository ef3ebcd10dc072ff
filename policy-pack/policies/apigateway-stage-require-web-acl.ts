import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import type { CheckedStack } from "../lib/stack";
import { stageType } from "../lib/types";

const associationTypes = [
  "aws:wafv2/webAclAssociation:WebAclAssociation",
  "aws:wafregional/webAclAssociation:WebAclAssociation",
];

/** HTTP and WebSocket APIs cannot have one. It is paid for: whether there is one is a team's choice. */
export const apigatewayStageRequireWebAcl = stackRule({
  name: "apigateway-stage-require-web-acl",
  description:
    "Stages of REST APIs are all behind a web ACL, or none of a stack; where a team asks for it, all.",
  severity: "medium",
  topic: "api",
  references: [fsbp("APIGateway.4")],
  remediationSteps:
    "Add an aws.wafv2.WebAclAssociation with the stage's arn as resourceArn and a web ACL of the scope REGIONAL.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html",
  settings: {
    required: {
      type: "boolean",
      default: false,
      description: "Whether stages need a web ACL where no other of the stack has one, too.",
    },
  },
  types: [stageType],
  check(stage, report, { required }, stack) {
    const isAskedFor = required || stack.ofType(stageType).some((other) => hasWebAcl(other, stack));
    if (isAskedFor && !hasWebAcl(stage, stack)) {
      report("is behind no web ACL");
    }
  },
});

function hasWebAcl(stage: CheckedResource, stack: CheckedStack): boolean {
  return stack.referring(stage, "resourceArn", associationTypes).length > 0;
}
