import assert from "node:assert/strict";
import {
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandInput,
  GetAccountSummaryCommand,
  GetOpenIDConnectProviderCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListOpenIDConnectProviderTagsCommand,
  SummaryKeyType,
} from "@aws-sdk/client-iam";
import { iamResources } from "../../../provider/iam";
import { account, CloudOfClients } from "../endpoint/support/cloud-of-clients";
import { createPlanned } from "../../provider/create-planned";
import { plannedRequest } from "../../provider/planned-request";

const basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const OpenIDConnectProviderArn = "arn:aws:iam::123456789012:oidc-provider/id.example.com/a";
const policyArn = "arn:aws:iam::123456789012:policy/reading";

const allow = (action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: action, Resource: "*" },
  });

const trust = JSON.stringify({
  Statement: {
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  },
});

describe("IAM, of what a program declares", () => {
  let lab: CloudOfClients;
  let client: IAMClient;

  before(async () => {
    lab = await CloudOfClients.start();
    const { iam } = lab.cloud;
    const type = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
    const inputs = {
      url: "https://id.example.com/a",
      clientIdLists: ["sts.amazonaws.com", "other"],
      thumbprintLists: ["a".repeat(40)],
      tags: { Team: "a & b" },
    };
    await createPlanned(iamResources(iam, account), plannedRequest(type, inputs));
    iam.createPolicy({ name: "reading", document: allow("s3:GetObject"), description: "Reads" });
    iam.createPolicy({ name: "unused", document: allow("s3:PutObject") });
    iam.createRole({
      name: "runner",
      assumeRolePolicy: trust,
      description: "Runs",
      permissionsBoundary: policyArn,
      tags: { Team: "one" },
    });
    iam.attachRolePolicy("runner", basic);
    iam.putRolePolicy("runner", "inline", allow("logs:*"));
    iam.createRole({ name: "idle", assumeRolePolicy: trust });
    client = lab.client(IAMClient);
  });

  after(() => lab.stop());

  it("shows identity providers, with audiences, thumbprints and tags", async () => {
    const list = await client.send(new ListOpenIDConnectProvidersCommand());
    assert.deepEqual(list.OpenIDConnectProviderList, [{ Arn: OpenIDConnectProviderArn }]);
    const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn });
    const { $metadata, CreateDate, ...shown } = await client.send(command);
    assert.equal($metadata.httpStatusCode, 200);
    assert.ok(CreateDate instanceof Date);
    const Tags = [{ Key: "Team", Value: "a & b" }];
    assert.deepEqual(shown, {
      Url: "id.example.com/a",
      ClientIDList: ["sts.amazonaws.com", "other"],
      ThumbprintList: ["a".repeat(40)],
      Tags,
    });
    const tags = new ListOpenIDConnectProviderTagsCommand({ OpenIDConnectProviderArn });
    const listed = await client.send(tags);
    assert.deepEqual([listed.Tags, listed.IsTruncated], [Tags, false]);
  });

  it("shows an identity provider as it has become", async () => {
    const { identityProviders } = lab.cloud.iam;
    const before = identityProviders.get(OpenIDConnectProviderArn) ?? assert.fail();
    identityProviders.update(OpenIDConnectProviderArn, { ...before, clientIds: ["new"] });
    const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn });
    const { ClientIDList, CreateDate } = await client.send(command);
    assert.deepEqual(ClientIDList, ["new"]);
    assert.deepEqual(CreateDate, before.createdAt);
    identityProviders.update(OpenIDConnectProviderArn, before);
  });

  it("refuses an identity provider that there is not, and who may not see one", async () => {
    const other = new GetOpenIDConnectProviderCommand({
      OpenIDConnectProviderArn: `${OpenIDConnectProviderArn}b`,
    });
    await assert.rejects(client.send(other), {
      name: "NoSuchEntityException",
      message: `OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}b`,
    });
    const service = "lambda.amazonaws.com";
    const roleArn = "arn:aws:iam::123456789012:role/idle";
    const credentials = lab.cloud.iam.assumeRole({ roleArn, sessionName: "me", service });
    const refused = lab.client(IAMClient, credentials);
    await assert.rejects(
      refused.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
      /not authorized to perform: iam:GetOpenIDConnectProvider on resource: \S+oidc-provider/,
    );
    await assert.rejects(
      refused.send(new GetAccountAuthorizationDetailsCommand()),
      /not authorized to perform: iam:GetAccountAuthorizationDetails/,
    );
    await assert.rejects(
      refused.send(new GetAccountSummaryCommand()),
      /not authorized to perform: iam:GetAccountSummary on resource: \*/,
    );
  });

  const details = (input: GetAccountAuthorizationDetailsCommandInput = {}) =>
    client.send(new GetAccountAuthorizationDetailsCommand(input));

  it("shows all roles of the account with their policies", async () => {
    const { RoleDetailList = [], UserDetailList, GroupDetailList } = await details();
    assert.deepEqual([UserDetailList, GroupDetailList], [[], []]);
    const names = RoleDetailList.map(({ RoleName }) => RoleName);
    assert.deepEqual(names, ["runner", "idle"]);
    const runner = RoleDetailList[0] ?? assert.fail();
    const attached = { PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn: basic };
    assert.deepEqual(runner.AttachedManagedPolicies, [attached]);
    assert.deepEqual(runner.Tags, [{ Key: "Team", Value: "one" }]);
    assert.equal(runner.PermissionsBoundary?.PermissionsBoundaryArn, policyArn);
    const inline = runner.RolePolicyList?.[0] ?? assert.fail();
    assert.equal(inline.PolicyName, "inline");
    assert.equal(decodeURIComponent(inline.PolicyDocument ?? ""), allow("logs:*"));
  });

  it("shows the policies of the account, and AWS's that are in use, with documents", async () => {
    const { Policies = [] } = await details();
    assert.deepEqual(
      Policies.map(({ PolicyName, AttachmentCount, PermissionsBoundaryUsageCount }) => [
        PolicyName,
        AttachmentCount,
        PermissionsBoundaryUsageCount,
      ]),
      [
        ["AWSLambdaBasicExecutionRole", 1, 0],
        ["reading", 0, 1],
        ["unused", 0, 0],
      ],
    );
    const [version] = Policies[1]?.PolicyVersionList ?? [];
    assert.equal(decodeURIComponent(version?.Document ?? ""), allow("s3:GetObject"));
  });

  it("counts what is in the account, and tells how much may be", async () => {
    const { SummaryMap = {} } = await client.send(new GetAccountSummaryCommand());
    assert.deepEqual(Object.keys(SummaryMap).sort(), Object.values(SummaryKeyType).sort());
    const { Roles, Policies, PolicyVersionsInUse, Providers, Users } = SummaryMap;
    assert.deepEqual(
      { Roles, Policies, PolicyVersionsInUse, Providers, Users },
      { Roles: 2, Policies: 2, PolicyVersionsInUse: 2, Providers: 1, Users: 0 },
    );
    const { PolicySizeQuota, RolesQuota, AccountAccessKeysPresent } = SummaryMap;
    assert.deepEqual([PolicySizeQuota, RolesQuota, AccountAccessKeysPresent], [6144, 1000, 1]);
  });

  it("shows a part of the account, by kind and page", async () => {
    const local = await details({ Filter: ["LocalManagedPolicy"] });
    const names = local.Policies?.map(({ PolicyName }) => PolicyName);
    assert.deepEqual([local.RoleDetailList, names], [[], ["reading", "unused"]]);
    assert.deepEqual((await details({ Filter: ["User", "Group"] })).Policies, []);
    const first = await details({ MaxItems: 3 });
    assert.deepEqual([first.RoleDetailList?.length, first.Policies?.length], [2, 1]);
    assert.equal(first.IsTruncated, true);
    const second = await details({ MaxItems: 3, Marker: first.Marker });
    assert.deepEqual([second.RoleDetailList, second.Policies?.length], [[], 2]);
    assert.equal(second.IsTruncated, false);
    await assert.rejects(details({ Marker: "x" }), /Invalid Marker/);
  });
});
