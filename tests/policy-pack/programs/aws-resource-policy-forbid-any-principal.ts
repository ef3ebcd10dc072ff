import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

function policy(principal: unknown) {
  const statement = {
    Effect: "Allow",
    Principal: principal,
    Action: "sns:Publish",
    Resource: "arn:aws:sns:us-east-1:123456789012:orders",
  };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return resource("aws:sns/topicPolicy:TopicPolicy", "policy", {
    arn: "arn:aws:sns:us-east-1:123456789012:orders",
    policy: document,
  });
}

const undecided = { unjudged: ['aws.sns.TopicPolicy "policy" (policy)'] };

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [policy({ AWS: "arn:aws:iam::123456789012:role/publisher" })],
    decisive: ["policy", "policy"],
    undecided,
  },
  {
    title: "lets anybody in",
    resources: [policy("*")],
    violations: ['aws.sns.TopicPolicy "policy" lets anybody do sns:Publish'],
    decisive: ["policy", "policy"],
    undecided,
  },
];
