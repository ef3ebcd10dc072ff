import { globalArn } from "../aws/arn";
import type { Iam } from "../aws/iam/iam";
import { uniqueId } from "../aws/iam/identifiers";
import type { Account } from "../aws/types";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

/** A document as JSON text, or as the object that the SDK's `PolicyDocument` type allows. */
type Document = string | object;

interface RoleInputs {
  path?: string;
  description?: string;
  maxSessionDuration?: number;
  assumeRolePolicy: Document;
  inlinePolicies?: { name?: string; policy?: string }[];
  managedPolicyArns?: string[];
  permissionsBoundary?: string;
  tags?: Record<string, string>;
}

interface PolicyInputs {
  path?: string;
  description?: string;
  policy: Document;
  tags?: Record<string, string>;
}

interface IdentityProviderInputs {
  url: string;
  clientIdLists: string[];
  thumbprintLists?: string[];
  tags?: Record<string, string>;
}

/** The resource types of IAM. */
export function iamResources(iam: Iam, account: Account): ResourceTypes {
  return {
    "aws:iam/role:Role": (request) => planRole(iam, account, request),
    "aws:iam/policy:Policy": (request) => planPolicy(iam, account, request),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (request) =>
      planRolePolicyAttachment(iam, request),
    "aws:iam/rolePolicy:RolePolicy": (request) => planRolePolicy(iam, request),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (request) =>
      planOpenIdConnectProvider(iam, account, request),
  };
}

function planRole(iam: Iam, account: Account, request: ResourceRequest): PlannedResource {
  const inputs = request.inputs as unknown as RoleInputs;
  const { path = "/", tags = {}, inlinePolicies = [], managedPolicyArns = [] } = inputs;
  const name = request.physicalName();
  const assumeRolePolicy = jsonOf(inputs.assumeRolePolicy);
  const { description, maxSessionDuration, permissionsBoundary } = inputs;
  const settings = { description, maxSessionDuration, permissionsBoundary, tags };
  const role = { name, path, assumeRolePolicy, ...settings };
  return {
    id: name,
    outputs: {
      forceDetachPolicies: false,
      maxSessionDuration: 3600,
      namePrefix: "",
      ...inputs,
      name,
      path,
      assumeRolePolicy,
      inlinePolicies,
      managedPolicyArns,
      arn: globalArn(account, "iam", `role${path}${name}`),
      uniqueId: uniqueId("AROA", account, name),
      createDate: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
      tagsAll: tags,
    },
    create: () => {
      iam.createRole(role);
      addPolicies(iam, name, inputs);
    },
    update: () => {
      iam.updateRole(role);
      // Both inputs stand for all policies of their kind, but only where they are given.
      if (inputs.inlinePolicies || inputs.managedPolicyArns) {
        removePolicies(iam, name, inputs);
        addPolicies(iam, name, inputs);
      }
    },
    remove: () => {
      removePolicies(iam, name, inputs);
      iam.deleteRole(name);
    },
  };
}

function addPolicies(iam: Iam, roleName: string, inputs: RoleInputs): void {
  for (const { name, policy } of inputs.inlinePolicies ?? []) {
    // The provider takes an empty block for "no inline policies".
    if (name !== undefined && policy !== undefined) {
      iam.putRolePolicy(roleName, name, policy);
    }
  }
  for (const policyArn of inputs.managedPolicyArns ?? []) {
    iam.attachRolePolicy(roleName, policyArn);
  }
}

/** Removes the policies of the kinds that the role itself has as inputs. */
function removePolicies(iam: Iam, roleName: string, inputs: RoleInputs): void {
  const { inline, attached } = iam.policiesOfRole(roleName);
  for (const name of inputs.inlinePolicies ? inline : []) {
    iam.deleteRolePolicy(roleName, name);
  }
  for (const policyArn of inputs.managedPolicyArns ? attached : []) {
    iam.detachRolePolicy(roleName, policyArn);
  }
}

function planPolicy(iam: Iam, account: Account, request: ResourceRequest): PlannedResource {
  const inputs = request.inputs as unknown as PolicyInputs;
  const { path = "/", tags = {} } = inputs;
  const name = request.physicalName();
  const policy = jsonOf(inputs.policy);
  const arn = globalArn(account, "iam", `policy${path}${name}`);
  const { description } = inputs;
  const definition = { name, path, document: policy, tags, ...(description && { description }) };
  return {
    id: arn,
    outputs: {
      namePrefix: "",
      ...inputs,
      name,
      path,
      policy,
      arn,
      policyId: uniqueId("ANPA", account, name),
      attachmentCount: 0,
      tagsAll: tags,
    },
    create: () => {
      iam.createPolicy(definition);
    },
    update: () => {
      iam.updatePolicy(definition);
    },
    remove: () => {
      iam.deletePolicy(arn);
    },
  };
}

function planOpenIdConnectProvider(
  iam: Iam,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const inputs = request.inputs as unknown as IdentityProviderInputs;
  const url = inputs.url.replace(/^https:\/\//, "");
  const arn = globalArn(account, "iam", `oidc-provider/${url}`);
  const { clientIdLists: clientIds, thumbprintLists: thumbprints = [], tags = {} } = inputs;
  const provider = { url, clientIds, thumbprints, tags };
  return {
    id: arn,
    outputs: { thumbprintLists: [], ...inputs, url, arn, tagsAll: tags },
    create: () => {
      iam.identityProviders.add(arn, provider);
    },
    update: () => {
      iam.identityProviders.update(arn, provider);
    },
    remove: () => {
      iam.identityProviders.remove(arn);
    },
  };
}

function planRolePolicyAttachment(iam: Iam, request: ResourceRequest): PlannedResource {
  const { role, policyArn } = request.inputs as { role: string; policyArn: string };
  return {
    id: `${role}/${policyArn}`,
    outputs: { role, policyArn },
    create: () => {
      iam.attachRolePolicy(role, policyArn);
    },
    remove: () => {
      iam.detachRolePolicy(role, policyArn);
    },
  };
}

function planRolePolicy(iam: Iam, request: ResourceRequest): PlannedResource {
  const inputs = request.inputs as unknown as { role: string; policy: Document };
  const { role } = inputs;
  const name = request.physicalName();
  const policy = jsonOf(inputs.policy);
  return {
    id: `${role}:${name}`,
    outputs: { namePrefix: "", ...inputs, name, policy },
    create: () => {
      iam.putRolePolicy(role, name, policy);
    },
    remove: () => {
      iam.deleteRolePolicy(role, name);
    },
  };
}

function jsonOf(document: Document): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}
