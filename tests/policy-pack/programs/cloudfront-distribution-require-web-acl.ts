import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";
import { distribution } from "../support/well-built";

const type = "aws:cloudfront/distribution:Distribution";
const acl = resource("aws:wafv2/webAcl:WebAcl", "acl", {
  scope: "CLOUDFRONT",
  defaultAction: { allow: {} },
  visibilityConfig: {},
});
const open = resource(type, "open", distribution);
const protectedOne = resource(type, "protected", { ...distribution, webAclId: ref(acl, "arn") });
const violations = ['aws.cloudfront.Distribution "open" is behind no web ACL'];

export const programs: RuleProgram[] = [
  { title: "has none, and nobody asks", resources: [open] },
  { title: "has none", resources: [open], settings: { required: true }, violations },
  { title: "has one", resources: [acl, protectedOne], settings: { required: true } },
  { title: "has one for one of two", resources: [acl, protectedOne, open], violations },
  {
    title: "has an empty one",
    resources: [resource(type, "open", { ...distribution, webAclId: "" })],
    settings: { required: true },
    violations,
  },
];
