import { PolicyPack } from "@pulumi/policy";
import { observeEngine } from "./lib/observe-engine";
import { readPackConfig } from "./lib/pack-config";
import { PolicyList } from "./lib/policy-list";
import { policies } from "./policies";

const list = new PolicyList(policies);
observeEngine(list);
// This serves the pack at once; tests import the policies alone.
new PolicyPack("darkroom", { policies: list }, readPackConfig(policies));
