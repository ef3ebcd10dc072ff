import { PolicyPack } from "@pulumi/policy";
import { observeEngine } from "./lib/observe-engine";
import { readPackConfig } from "./lib/pack-config";
import { policies } from "./policies";

observeEngine(policies);
// This serves the pack at once; tests import the policies alone.
new PolicyPack("darkroom", { policies: [...policies] }, readPackConfig(policies));
