import { lambdaFunctionForbidEnvironmentSecret as policy } from "../../policy-pack/policies/lambda-function-forbid-environment-secret";
import { assertAccepted, assertRefused, outputOf, resource } from "./support/harness";

describe("lambda-function-forbid-environment-secret", () => {
  const problem = 'aws.lambda.Function "upload" has what looks like secrets in';

  function functionWith(variables: unknown) {
    return resource("aws:lambda/function:Function", "upload", { environment: { variables } });
  }

  it("accepts settings, names and locations", async () => {
    await assertAccepted(policy, [
      functionWith({
        IMAGES_BUCKET: "darkroom-images-1a2b3c4",
        CDN_URL: "https://d111111abcdef8.cloudfront.net",
        CURSOR_KEY_ID: "1234abcd-12ab-34cd-56ef-1234567890ab",
        DB_SECRET_ARN: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf",
        DB_PASSWORD: "{{resolve:secretsmanager:db:SecretString:password}}",
        API_KEY: "/production/api/key",
        API_TOKEN: "arn:aws:ssm:us-east-1:123456789012:parameter/token",
        TOKEN_TTL_SECONDS: "3600",
        REQUIRE_PASSWORD: "true",
        USER_POOL_ID: "us-east-1_AbCdEfGhI",
        CLIENT_ID: "1h57kf5cpq17m0eml12EXAMPLE",
        POWERTOOLS_SERVICE_NAME: "upload-image",
        EMPTY_SECRET: "",
      }),
    ]);
  });

  it("accepts what is missing or not known yet", async () => {
    await assertAccepted(policy, [
      resource("aws:lambda/function:Function", "upload", {}),
      resource("aws:lambda/function:Function", "upload", { environment: outputOf() }),
      functionWith({ DB_PASSWORD: outputOf() }),
    ]);
  });

  for (const [name, value] of [
    ["DB_PASSWORD", "hunter2"],
    ["STRIPE_API_KEY", "abc"],
    ["SESSION_SECRET", "not so secret"],
    ["GITHUB_TOKEN", "x"],
    ["SETTING", "AKIAIOSFODNN7EXAMPLE"],
    ["CERTIFICATE", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"],
    ["DATABASE", "postgres://admin:hunter2@db.example.com/images"],
    ["SALT", "q7Lm2ZxV9bT4rWc8YhN3kPd6FsJ1gUaE5oRi0CvB"],
  ] as const) {
    it(`refuses a secret in ${name}, and does not repeat it`, async () => {
      await assertRefused(
        policy,
        [functionWith({ OTHER: outputOf(), [name]: value })],
        `${problem} ${name}`,
      );
    });
  }

  it("allows what a team allows", async () => {
    await assertAccepted(policy, [functionWith({ PUBLIC_API_KEY: "published" })], {
      settings: { allowed: ["PUBLIC_API_KEY"] },
    });
  });
});
