import assert from "node:assert/strict";
import { PolicyList } from "../../policy-pack/lib/policy-list";
import { policies } from "../../policy-pack/policies";
import { declaredProperties, type DeclaredProperty } from "./support/aws-declarations";
import { resource, violations } from "./support/harness";

/** Names of properties that tell whether something is encrypted, reached from anywhere, or open to anybody. */
const telling =
  /^(publiclyAccessible|publicAccess\w*|publicConnectivity|webserverAccessMode|directInternetAccess|ebsEncryption|\w*[eE]ncrypted|encrypt\w*AtRest|atRestEncryptionEnabled|transitEncryption(Enabled)?|\w+EncryptionEnabled|tlsEnabled|policy|policyDocument|accessPolic(y|ies)|resourcePolicy)$/;

const open = policyFor("*");
const named = policyFor({ AWS: "arn:aws:iam::123456789012:role/reader" });
const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
const publicAccessBlock = [flagsAs(false), flagsAs(true)] as const;

/** A bad and a good value of what is not a flag that should be `true`. */
const values: Readonly<Record<string, readonly [bad: unknown, good: unknown]>> = {
  accessPolicies: [open, named],
  accessPolicy: [open, named],
  directInternetAccess: ["Enabled", "Disabled"],
  ebsEncryption: ["NONE", "DEFAULT"],
  encryptAtRest: [{ enabled: false }, { enabled: true }],
  encryptionAtRest: [{ catalogEncryptionMode: "DISABLED" }, { catalogEncryptionMode: "SSE-KMS" }],
  policy: [open, named],
  policyDocument: [open, named],
  publicAccess: [{ type: "SERVICE_PROVIDED_EIPS" }, { type: "DISABLED" }],
  publicAccessBlock,
  publicAccessBlockConfiguration: publicAccessBlock,
  publicAccessCidrs: [["0.0.0.0/0"], ["192.0.2.0/24"]],
  publicConnectivity: [true, false],
  publiclyAccessible: [true, false],
  resourcePolicy: [open, named],
  transitEncryption: ["DISABLED", "ENABLED"],
  webserverAccessMode: ["PUBLIC_ONLY", "PRIVATE_ONLY"],
};

/** Properties that no policy judges in this way, by why there is no need. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  "judged where caching is on": [
    "aws:apigateway/methodSettings:MethodSettings settings.cacheDataEncrypted",
  ],
  "methods of the API have an authorization of their own": [
    "aws:apigateway/restApi:RestApi policy",
    "aws:apigateway/restApiPolicy:RestApiPolicy policy",
  ],
  "no policy on who may do what: it has no principals": [
    "aws:cloudwatch/logAccountPolicy:LogAccountPolicy policyDocument",
    "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy policyDocument",
    "aws:cloudwatch/logIndexPolicy:LogIndexPolicy policyDocument",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy policy",
    "aws:iot/policy:Policy policy",
    "aws:iot/policyAttachment:PolicyAttachment policy",
    "aws:networkmanager/coreNetworkPolicyAttachment:CoreNetworkPolicyAttachment policyDocument",
    "aws:opensearch/serverlessLifecyclePolicy:ServerlessLifecyclePolicy policy",
    "aws:resiliencehub/resiliencyPolicy:ResiliencyPolicy policy",
    "aws:ses/receiptFilter:ReceiptFilter policy",
    "aws:sns/dataProtectionPolicy:DataProtectionPolicy policy",
  ],
  "no document of IAM: of its own form, or in Cedar": [
    "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy policy",
    "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy policy",
    "aws:verifiedaccess/endpoint:Endpoint policyDocument",
    "aws:verifiedaccess/group:Group policyDocument",
  ],
  "an identity's, whose actions and resources the rules on IAM judge": [
    "aws:iam/groupPolicy:GroupPolicy policy",
    "aws:iam/policy:Policy policy",
    "aws:iam/role:Role inlinePolicies.policy",
    "aws:iam/rolePolicy:RolePolicy policy",
    "aws:iam/userPolicy:UserPolicy policy",
  ],
  "only narrows what a role or a caller may do already": [
    "aws:ec2/vpcEndpoint:VpcEndpoint policy",
    "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy policy",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation policy",
    "aws:transfer/access:Access policy",
    "aws:transfer/user:User policy",
  ],
  "as the instance, or the copy as a whole": [
    "aws:ec2/amiCopy:AmiCopy ebsBlockDevices.encrypted",
    "aws:ec2/amiFromInstance:AmiFromInstance ebsBlockDevices.encrypted",
  ],
  "the log group and the bucket are judged themselves": [
    "aws:ecs/cluster:Cluster configuration.executeCommandConfiguration.logConfiguration.cloudWatchEncryptionEnabled",
    "aws:ecs/cluster:Cluster configuration.executeCommandConfiguration.logConfiguration.s3BucketEncryptionEnabled",
  ],
  "encrypted in any case, and this tells by which key": [
    "aws:storagegateway/cachesIscsiVolume:CachesIscsiVolume kmsEncrypted",
    "aws:storagegateway/nfsFileShare:NfsFileShare kmsEncrypted",
    "aws:storagegateway/smbFileShare:SmbFileShare kmsEncrypted",
    "aws:storagegateway/storedIscsiVolume:StoredIscsiVolume kmsEncrypted",
  ],
};

describe("properties of AWS's resources that tell of encryption or of access", () => {
  it("decide what some policy reports, but for those that are no weakness", async () => {
    const unjudged: string[] = [];
    for (const property of declaredProperties((name) => telling.test(name))) {
      if (!(await decides(property))) {
        unjudged.push(`${property.type} ${property.path.join(".")}`);
      }
    }
    assert.deepEqual(unjudged.sort(), Object.values(exceptions).flat().sort());
  });
});

/** Whether policies say something else of a resource where the property is bad than where it is good. */
async function decides({ type, path }: DeclaredProperty): Promise<boolean> {
  const [bad, good] = values[path.at(-1) ?? ""] ?? [false, true];
  const [worse, better] = [await reports(type, path, bad), await reports(type, path, good)];
  return worse.some((report) => !better.includes(report));
}

async function reports(type: string, path: readonly string[], value: unknown): Promise<string[]> {
  const inputs = path.reduceRight((content, name) => ({ [name]: content }), value);
  const list = new PolicyList(policies);
  list.walkFor(type);
  const found: string[] = [];
  for (const policy of list) {
    const subject = resource(type, "subject", inputs as Record<string, unknown>);
    found.push(...(await violations(policy, [subject])));
  }
  return found;
}

function policyFor(Principal: unknown): string {
  const statement = { Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function flagsAs(value: boolean): Record<string, boolean> {
  return Object.fromEntries(flags.map((flag) => [flag, value]));
}
