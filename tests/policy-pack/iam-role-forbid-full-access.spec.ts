import { iamRoleForbidFullAccess as policy } from "../../policy-pack/policies/iam-role-forbid-full-access";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("iam-role-forbid-full-access", () => {
  const attachment = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "uploader", {
    role: "uploader",
    policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
  });

  it("accepts own policies, narrow ones of AWS's, and what is not known yet", async () => {
    await assertAccepted(policy, [
      attachment,
      spoiled(attachment, { policyArn: "arn:aws:iam::123456789012:policy/ImagesFullAccess" }),
      spoiled(attachment, { policyArn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" }),
      spoiled(attachment, { policyArn: outputOf() }),
      spoiled(attachment, { policyArn: undefined }),
    ]);
  });

  for (const name of [
    "AdministratorAccess",
    "PowerUserAccess",
    "AmazonS3FullAccess",
    "AWSLambda_FullAccess",
    "CloudWatchFullAccessV2",
    "AmazonCognitoPowerUser",
    "AmazonDynamoDBFullAccess_v2",
    "AmazonDynamoDBFullAccesswithDataPipeline",
    "AmazonEMRFullAccessPolicy_v2",
    "AwsGlueDataBrewFullAccessPolicy",
    "AmazonAPIGatewayAdministrator",
    "AdministratorAccess-Amplify",
    "AWSCodeBuildAdminAccess",
  ]) {
    it(`refuses ${name}`, async () => {
      await assertRefused(
        policy,
        [spoiled(attachment, { policyArn: `arn:aws:iam::aws:policy/${name}` })],
        `aws.iam.RolePolicyAttachment "uploader" attaches ${name}`,
      );
    });
  }

  it("refuses those of a job, which are in a path", async () => {
    await assertRefused(
      policy,
      [
        spoiled(attachment, {
          policyArn: "arn:aws:iam::aws:policy/job-function/DatabaseAdministrator",
        }),
      ],
      'aws.iam.RolePolicyAttachment "uploader" attaches DatabaseAdministrator',
    );
  });

  for (const name of [
    "AWSFMAdminReadOnlyAccess",
    "CloudWatchAgentAdminPolicy",
    "AmazonDataZoneFullUserAccess",
    "job-function/ViewOnlyAccess",
  ]) {
    it(`accepts ${name}, which grants less`, async () => {
      await assertAccepted(policy, [
        spoiled(attachment, { policyArn: `arn:aws:iam::aws:policy/${name}` }),
      ]);
    });
  }

  it("looks at managed policies of the role, in any partition, beside unknown ones", async () => {
    const arn = "arn:aws-us-gov:iam::aws:policy/AmazonSQSFullAccess";
    await assertRefused(
      policy,
      [resource("aws:iam/role:Role", "uploader", { managedPolicyArns: [outputOf(), arn] })],
      'aws.iam.Role "uploader" attaches AmazonSQSFullAccess',
    );
  });

  it("allows what a team allows", async () => {
    const policyArn = "arn:aws:iam::aws:policy/AmazonSSMFullAccess";
    await assertAccepted(policy, [spoiled(attachment, { policyArn })], {
      settings: { allowed: ["AmazonSSMFullAccess"] },
    });
  });
});
