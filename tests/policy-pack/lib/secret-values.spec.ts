import assert from "node:assert/strict";
import { holdsSecret, looksSecret } from "../../../policy-pack/lib/secret-values";

const hex = "0123456789abcdef0123456789abcdef";
const letters = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";

describe("looksSecret", () => {
  for (const [name, value] of [
    ["DB_PASS", "hunter2"],
    ["DB_PASS", "correct-horse-battery"],
    ["dbPassword", "hunter2"],
    ["db.password", "hunter2"],
    ["MYSQL_PWD", "12345678"],
    ["DB_PASSWORD_1", "hunter2"],
    ["ADMIN_PASSWORD_PROD", "hunter2"],
    ["SSH_PASSPHRASE", "open sesame"],
    ["CLIENT_SECRET", "orders-client-secret"],
    ["JWT_SECRET", "change-me-please"],
    ["DB_SECRET", "s3cr3t!"],
    ["GITHUB_TOKEN", "x"],
    ["SECRET_KEY_BASE", "0123456789abcdef"],
    ["apiKey", "abc123"],
    ["ENCRYPTION_KEY", "abc 123"],
  ] as const) {
    it(`finds ${name}=${value}`, () => {
      assert.equal(looksSecret(name, value), true);
    });
  }

  for (const [name, value] of [
    ["DB_SECRET", "orders-db-credentials"],
    ["DB_SECRET", "prod/orders/db"],
    ["API_TOKEN", "/production/api/token"],
    ["DB_CREDENTIALS", "OrdersDatabase.Credentials"],
    ["DB_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"],
    ["DB_PASSWORD", "{{resolve:secretsmanager:db:SecretString:password}}"],
    ["DB_PASSWORD", ""],
    ["REQUIRE_PASSWORD", "true"],
    ["TOKEN_TTL_SECONDS", "3600"],
    ["ACCESS_TOKEN", "3600"],
    ["COMPASS", "north"],
    ["PWD", "/app"],
    ["SLACK_WEBHOOK", "https://example.com/hooks"],
    ["DATABASE_URL", "postgres://db.example.com:5432/orders"],
    ["DATABASE_URL", "postgres://app:${DB_PASSWORD}@db.example.com/orders"],
    ["TOPIC", "arn:aws:sns:eu-west-1:123456789012:orders-Topic-AbCdEfGh1JkLmNoPqRs"],
    ["COMMIT", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"],
    ["TASK", "task-scheduler-for-the-nightly-run"],
  ] as const) {
    it(`passes over ${name}=${value}`, () => {
      assert.equal(looksSecret(name, value), false);
    });
  }
});

describe("holdsSecret", () => {
  for (const [issuer, text] of [
    ["an access key", "key AKIAIOSFODNN7EXAMPLE"],
    ["a private key", "-----BEGIN OPENSSH PRIVATE KEY-----"],
    ["a user of a database", "postgresql+asyncpg://app:hunter2@db.example.com/orders"],
    ["a password alone", "redis://:hunter2@cache.example.com:6379"],
    ["JDBC", "jdbc:mysql://db.example.com/orders?user=app&password=hunter2"],
    ["ADO.NET", "Server=db.example.com;User Id=app;Password=hunter2;"],
    ["Azure", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abcdef=="],
    ["Slack's webhooks", `https://hooks.slack.com/services/T0000/B0000/${hex}`],
    ["Discord's webhooks", `https://discord.com/api/webhooks/1234/${letters}`],
    ["Zapier's webhooks", "https://hooks.zapier.com/hooks/catch/1234/abcd/"],
    ["a signed URL", `https://example.com/a?sig=${letters}`],
    ["GitHub", `ghp_${letters}`],
    ["GitLab", `glpat-${letters}`],
    ["Slack", "xoxb-1234567890-abcdef"],
    ["Stripe", `sk_live_${hex}`],
    ["SendGrid", `SG.${hex}.${hex}`],
    ["npm", `npm_${letters}`],
    ["Google", `AIza${letters.slice(0, 35)}`],
    ["OpenAI and its like", `sk-proj-${letters}`],
    ["Vault", `hvs.${letters}`],
    ["DigitalOcean", `dop_v1_${hex}${hex}`],
    ["Databricks", `dapi${hex}`],
    ["a session's token", `eyJ${letters}.eyJ${letters}.${letters}`],
    ["an Authorization header", `Bearer ${letters}`],
  ] as const) {
    it(`knows the look of a secret of ${issuer}`, () => {
      assert.equal(holdsSecret(text), true);
    });
  }
});
