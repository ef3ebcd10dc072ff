import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const dir = join(__dirname, "../.github/workflows");

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

interface Job {
  if?: string;
  needs?: string;
  environment?: string;
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  strategy?: { matrix: { stack: string[] } };
  steps: Step[];
}

interface Step {
  if?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

/** What each job may write. */
const grants: Record<string, string[]> = {
  "deploy.yml test": [],
  "deploy.yml up": ["id-token"],
  "drift.yml compare": ["id-token"],
  "drift.yml report": ["issues"],
  "preview.yml preview": ["id-token", "pull-requests"],
  "test.yml grants": [],
  "test.yml policy": ["security-events"],
  "test.yml test": [],
};

const workflows = readdirSync(dir).map((file) => {
  const text = readFileSync(join(dir, file), "utf8");
  return { file, text, workflow: parse(text) as Workflow };
});

const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${file} ${name}`, job })),
);

const steps = jobs.flatMap(({ name, job }) => job.steps.map((step) => ({ name, step })));

function stepsThatUse(action: string) {
  return steps.filter(({ step }) => step.uses?.startsWith(`${action}@`));
}

describe("The workflows", () => {
  it("look at a stack once it is deployed", () => {
    const deployment = workflows.find(({ file }) => file === "deploy.yml")?.workflow.jobs.up;
    const order = deployment?.steps.map(({ uses, run }) => uses?.split("@")[0] ?? run) ?? [];
    const smoke = order.indexOf('npm run smoke -- --stack "$STACK"');
    assert.ok(smoke > order.indexOf("pulumi/actions"), order.join(", "));
  });

  for (const { file, text, workflow } of workflows) {
    describe(file, () => {
      it("pins every action by a full commit and names its version", () => {
        for (const [line] of text.matchAll(/^.*\buses:.*$/gm)) {
          assert.match(line, /uses: [\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        }
      });

      it("grants nothing to all jobs", () => {
        assert.deepEqual(workflow.permissions, {});
      });

      it("never runs a fork's code with the repository's rights", () => {
        assert.equal("pull_request_target" in workflow.on, false);
        assert.equal("workflow_run" in workflow.on, false);
      });

      it("knows no long-lived keys", () => {
        assert.doesNotMatch(text, /secrets\.|aws-access-key-id|aws-secret-access-key/i);
      });

      it("writes no expression into a command", () => {
        for (const { steps: own } of Object.values(workflow.jobs)) {
          for (const { run = "", with: settings } of own) {
            assert.doesNotMatch(`${run}${String(settings?.script)}`, /\$\{\{/);
          }
        }
      });
    });
  }

  it("grant each job what it needs", () => {
    assert.deepEqual(jobs.map(({ name }) => name).sort(), Object.keys(grants).sort());
    for (const { name, job } of jobs) {
      const permissions = Object.entries(job.permissions ?? {});
      const written = permissions.filter(([, access]) => access !== "read").sort();
      assert.deepEqual(
        written,
        (grants[name] ?? []).map((grant) => [grant, "write"]),
        name,
      );
    }
  });

  it("stop jobs that hang", () => {
    for (const { name, job } of jobs) {
      assert.ok((job["timeout-minutes"] ?? Infinity) <= 60, name);
    }
  });

  it("keep no token in the working copy", () => {
    assert.ok(stepsThatUse("actions/checkout").length > 0);
    for (const { name, step } of stepsThatUse("actions/checkout")) {
      assert.equal(step.with?.["persist-credentials"], false, name);
    }
  });

  it("sign in to AWS by assuming a role", () => {
    const signIns = stepsThatUse("aws-actions/configure-aws-credentials");
    assert.deepEqual(
      signIns.map(({ name, step }) => [name, step.with?.["role-to-assume"]]),
      [
        ["deploy.yml up", "${{ vars.AWS_DEPLOY_ROLE_ARN }}"],
        ["drift.yml compare", "${{ vars.AWS_DRIFT_ROLE_ARN }}"],
        ["preview.yml preview", "${{ vars.AWS_PREVIEW_ROLE_ARN }}"],
      ],
    );
  });

  const withState = ["deploy.yml up", "drift.yml compare", "preview.yml preview"];

  it("sign in to Pulumi Cloud by a token of GitHub's, where an organization is named, and nowhere else", () => {
    const signIns = stepsThatUse("pulumi/auth-actions");
    assert.deepEqual(signIns.map(({ name }) => name).sort(), withState);
    for (const { name, step } of signIns) {
      assert.equal(step.if, "vars.PULUMI_ORGANIZATION != ''", name);
      assert.deepEqual(step.with, {
        organization: "${{ vars.PULUMI_ORGANIZATION }}",
        "requested-token-type":
          "${{ vars.PULUMI_TOKEN_TYPE || 'urn:pulumi:token-type:access_token:organization' }}",
        scope: "${{ vars.PULUMI_TOKEN_SCOPE }}",
      });
    }
  });

  it("find the state where the repository's variables say, once they may", () => {
    const runs = stepsThatUse("pulumi/actions");
    assert.deepEqual(runs.map(({ name }) => name).sort(), withState);
    for (const { name, step } of runs) {
      assert.equal(step.with?.["cloud-url"], "${{ vars.PULUMI_BACKEND_URL }}", name);
      assert.equal(
        step.with["stack-name"],
        "${{ vars.PULUMI_ORGANIZATION && format('{0}/{1}', vars.PULUMI_ORGANIZATION, matrix.stack) " +
          "|| matrix.stack }}",
      );
      const uses = jobs
        .find((job) => job.name === name)
        ?.job.steps.flatMap((one) => one.uses ?? []);
      const order = [
        "aws-actions/configure-aws-credentials",
        "pulumi/auth-actions",
        "pulumi/actions",
      ];
      assert.deepEqual(
        (uses ?? []).map((use) => use.split("@")[0] ?? "").filter((use) => order.includes(use)),
        order,
        name,
      );
    }
  });

  it("compare with AWS by a role of their own, which pull requests cannot take on", () => {
    const roles = stepsThatUse("aws-actions/configure-aws-credentials").map(
      ({ step }) => step.with?.["role-to-assume"],
    );
    assert.equal(new Set(roles).size, roles.length);
    const refreshing = stepsThatUse("pulumi/actions").filter(({ step }) => step.with?.refresh);
    assert.deepEqual(
      refreshing.map(({ name }) => name),
      ["drift.yml compare"],
    );
  });

  it("give a fork's pull request no identity in AWS", () => {
    const job = jobs.find(({ name }) => name === "preview.yml preview")?.job;
    assert.equal(job?.if, "github.event.pull_request.head.repo.full_name == github.repository");
  });

  it("deploy main alone, by the policy pack, tested and approved per stack", () => {
    const job = jobs.find(({ name }) => name === "deploy.yml up")?.job;
    assert.equal(job?.needs, "test");
    assert.equal(job.if, "github.ref == 'refs/heads/main'");
    assert.equal(job.environment, "${{ matrix.stack }}");
    const up = job.steps.find(({ uses }) => uses?.startsWith("pulumi/actions@"));
    assert.equal(up?.with?.command, "up");
    assert.equal(up.with.policyPacks, "policy-pack");
  });

  it("know the stacks that there are", () => {
    const stacks = readdirSync(join(__dirname, ".."))
      .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1])
      .filter((stack) => stack !== undefined);
    const checked = jobs.find(({ name }) => name === "test.yml policy")?.job;
    assert.deepEqual(checked?.strategy?.matrix.stack.toSorted(), stacks.sort());
  });
});
