import assert from "node:assert/strict";
import {
  actionsByFunction,
  actionsByType,
  actionsWithoutResources,
} from "../../bootstrap/permissions/by-type";
import { boundaryPolicy, groupNames, writePolicy } from "../../bootstrap/permissions/documents";
import { onStack } from "../../bootstrap/permissions/scope";
import { stackPermissions } from "../../bootstrap/permissions/stack-permissions";
import { everyOption, requireAllKeys } from "../../scripts/permissions/every-option";
import { neededPermissions } from "../../scripts/permissions/needed-permissions";

const account = {
  partition: "aws",
  accountId: "123456789012",
  prefix: "darkroom",
  project: "darkroom",
};

describe("What deployments need", () => {
  it("is what the program makes with every option on", async function () {
    // Serialises all functions.
    this.timeout(120_000);
    assert.deepEqual(
      stackPermissions,
      await neededPermissions(),
      "The program makes or grants something else than bootstrap/permissions/stack.json says: run " +
        "npm run permissions. It names the table in bootstrap/permissions/ that lacks a type, function or service.",
    );
  });

  it("is known of every type and function", () => {
    for (const type of stackPermissions.types) {
      assert.ok(actionsByType[type], `Say in bootstrap/permissions/by-type/ what ${type} needs.`);
    }
    for (const name of stackPermissions.functions) {
      assert.ok(
        actionsByFunction[name],
        `Say in bootstrap/permissions/by-type.ts what ${name} reads.`,
      );
    }
  });

  it("is asked of a program whose every key is thought of", () => {
    assert.doesNotThrow(requireAllKeys);
    assert.equal(everyOption.firewall, "true");
  });

  it("names services and actions alone", () => {
    const all = Object.values(actionsByType).flatMap((actions) => [
      ...(actions?.write ?? []),
      ...(actions?.read ?? []),
      ...(actions?.readSecrets ?? []),
    ]);
    for (const action of [...all, ...actionsWithoutResources]) {
      assert.match(action, /^[a-z0-9]+:[A-Z][A-Za-z0-9]+$/);
    }
  });

  it("has no action that reads data among those that all may read", () => {
    const read = Object.values(actionsByType).flatMap((actions) => actions?.read ?? []);
    const data =
      /^(dynamodb:(BatchGet|GetItem|Query|Scan|PartiQL|GetRecords)|s3:GetObject|sqs:Receive|ssm:GetParameter|logs:(GetLog|Filter|StartQuery)|secretsmanager:|lambda:Invoke|kms:Decrypt)/;
    assert.deepEqual(
      read.filter((action) => data.test(action)),
      [],
    );
  });

  it("fails for what no table knows, with the place to say it", () => {
    const unknown = { ...stackPermissions, types: ["aws:ec2/vpc:Vpc"] };
    assert.throws(
      () => writePolicy("data", account, unknown, "arn"),
      /Say in bootstrap\/permissions\/by-type\/ what aws:ec2\/vpc:Vpc needs\./,
    );
    assert.throws(
      () => onStack("Read", ["ec2:DescribeVpcs"], account),
      /Say in bootstrap\/permissions\/scope\.ts which resources of ec2 are a stack's\./,
    );
    const managed = { ...stackPermissions, managedPolicies: ["arn:aws:iam::aws:policy/Other"] };
    assert.throws(() => boundaryPolicy(account, managed), /what the stack's roles need of arn:aws/);
  });

  it("is granted by policies of which each deployment has all", () => {
    assert.deepEqual(groupNames, ["data", "compute", "edge", "operations", "identity"]);
  });
});
