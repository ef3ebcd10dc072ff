import { PolicyPack } from "@pulumi/policy";
import { readPackConfig } from "./lib/pack-config";
import { policies } from "./policies";

// This serves the pack at once; tests import the policies alone.
new PolicyPack("darkroom", { policies: [...policies] }, readPackConfig(policies));
