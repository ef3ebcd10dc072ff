import type { Iam } from "../aws/iam/iam";
import type { ResourceRequest, ResourceState, ResourceTypes } from "./resource";

/** A document as JSON text, or as the object that the SDK's `PolicyDocument` type allows. */
type Document = string | object;

interface RoleInputs {
  path?: string;
  description?: string;
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

/** The resource types of IAM. */
export function iamResources(iam: Iam): ResourceTypes {
  return {
    "aws:iam/role:Role": (request) => Promise.resolve(createRole(iam, request)),
    "aws:iam/policy:Policy": (request) => Promise.resolve(createPolicy(iam, request)),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (request) =>
      Promise.resolve(attachRolePolicy(iam, request)),
    "aws:iam/rolePolicy:RolePolicy": (request) => Promise.resolve(createRolePolicy(iam, request)),
  };
}

function createRole(iam: Iam, request: ResourceRequest): ResourceState {
  const inputs = request.inputs as unknown as RoleInputs;
  if (inputs.permissionsBoundary !== undefined) {
    throw new Error(`${request.name}: the local cloud does not emulate permissionsBoundary`);
  }
  const { path = "/", tags = {}, inlinePolicies = [], managedPolicyArns = [] } = inputs;
  const name = request.physicalName();
  const assumeRolePolicy = jsonOf(inputs.assumeRolePolicy);
  const role = iam.createRole({ name, path, assumeRolePolicy, tags });
  for (const { name: policyName, policy } of inlinePolicies) {
    // The provider takes an empty block for "no inline policies".
    if (policyName !== undefined && policy !== undefined) {
      iam.putRolePolicy(name, policyName, policy);
    }
  }
  for (const policyArn of managedPolicyArns) {
    iam.attachRolePolicy(name, policyArn);
  }
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
      arn: role.arn,
      uniqueId: role.roleId,
      createDate: role.createDate.toISOString().replace(/\.\d+Z$/, "Z"),
      tagsAll: tags,
    },
  };
}

function createPolicy(iam: Iam, request: ResourceRequest): ResourceState {
  const inputs = request.inputs as unknown as PolicyInputs;
  const { path = "/", tags = {} } = inputs;
  const name = request.physicalName();
  const policy = jsonOf(inputs.policy);
  const { arn, policyId } = iam.createPolicy({ name, path, document: policy });
  return {
    id: arn,
    outputs: {
      namePrefix: "",
      ...inputs,
      name,
      path,
      policy,
      arn,
      policyId,
      attachmentCount: 0,
      tagsAll: tags,
    },
  };
}

function attachRolePolicy(iam: Iam, request: ResourceRequest): ResourceState {
  const { role, policyArn } = request.inputs as { role: string; policyArn: string };
  iam.attachRolePolicy(role, policyArn);
  return { id: `${role}/${policyArn}`, outputs: { role, policyArn } };
}

function createRolePolicy(iam: Iam, request: ResourceRequest): ResourceState {
  const inputs = request.inputs as unknown as { role: string; policy: Document };
  const { role } = inputs;
  const name = request.physicalName();
  const policy = jsonOf(inputs.policy);
  iam.putRolePolicy(role, name, policy);
  return { id: `${role}:${name}`, outputs: { namePrefix: "", ...inputs, name, policy } };
}

function jsonOf(document: Document): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}
