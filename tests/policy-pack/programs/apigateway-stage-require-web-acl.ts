import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const api = resource("aws:apigateway/restApi:RestApi", "api");
const stage = (name: string) =>
  resource("aws:apigateway/stage:Stage", name, {
    restApi: ref(api),
    deployment: "d1",
    stageName: name,
  });
const [v1, v2] = [stage("v1"), stage("v2")];
const association = (type: string) =>
  resource(type, "association", { resourceArn: ref(v1, "arn"), webAclArn: "arn:acl" });
const current = association("aws:wafv2/webAclAssociation:WebAclAssociation");
const former = association("aws:wafregional/webAclAssociation:WebAclAssociation");
const missing = (name: string) => [`aws.apigateway.Stage "${name}" is behind no web ACL`];

export const programs: RuleProgram[] = [
  { title: "has none, and nobody asks", resources: [api, v1] },
  {
    title: "has none",
    resources: [api, v1],
    settings: { required: true },
    violations: missing("v1"),
  },
  { title: "has one", resources: [api, v1, current], settings: { required: true } },
  { title: "has one of WAF Classic", resources: [api, v1, former], settings: { required: true } },
  {
    title: "has one for one of two",
    resources: [api, v1, v2, current],
    violations: missing("v2"),
  },
];
