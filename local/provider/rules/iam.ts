import {
  arn,
  between,
  block,
  conflicts,
  document,
  excludes,
  flag,
  integer,
  length,
  list,
  map,
  matches,
  required,
  text,
  typeRules,
} from "./rule";
import type { RulesByType } from "./rule";

const iamName = matches(/^[\w+=,.@-]*$/, "have letters, digits and +=,.@_- only");

/** What the provider accepts of IAM. */
export const iamRules: RulesByType = {
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": typeRules({
    clientIdLists: required(list(text(length(1, 255)))),
    tags: map(),
    thumbprintLists: list(text(length(40, 40))),
    url: required(text(matches(/^https:\/\//, "begin with https://"))),
  }),
  "aws:iam/policy:Policy": typeRules(
    {
      delayAfterPolicyCreationInMs: integer(),
      description: text(),
      name: text(length(1, 128), iamName),
      namePrefix: text(length(1, 102), iamName),
      path: text(),
      policy: required(text(document())),
      tags: map(),
    },
    conflicts("name", "namePrefix"),
  ),
  "aws:iam/role:Role": typeRules(
    {
      assumeRolePolicy: required(text(document())),
      description: text(length(0, 1000)),
      forceDetachPolicies: flag(),
      inlinePolicies: list(
        block({
          name: text(length(1, 128), iamName),
          policy: text(document()),
        }),
      ),
      managedPolicyArns: list(text(arn())),
      maxSessionDuration: integer(between(3600, 43200)),
      name: text(length(1, 64), iamName),
      namePrefix: text(length(1, 38), iamName),
      path: text(length(0, 512)),
      permissionsBoundary: text(arn()),
      tags: map(),
    },
    conflicts("name", "namePrefix"),
  ),
  "aws:iam/rolePolicy:RolePolicy": typeRules(
    {
      name: text(length(1, 128), iamName),
      namePrefix: text(length(1, 102), iamName),
      policy: required(text(document())),
      role: required(
        text(
          length(1, 128),
          matches(/[\w+=,.@-]/, "have a letter, a digit or one of +=,.@_-"),
          excludes(/^arn:aws[^:]*:[^:]*:[^:]*:(\d{12})?:./, "be the name of a role, not its ARN"),
        ),
      ),
    },
    conflicts("name", "namePrefix"),
  ),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": typeRules({
    policyArn: required(text(arn())),
    role: required(text()),
  }),
};
