import type { Account } from "../aws/types";
import type { EngineResource, ResourceProvider } from "../engine/resource-provider";
import { accountInvokes } from "./account";
import { callFunction } from "./local-provider";
import { checkByProviderRules } from "./rules";
import type { Invokes, PlannedResource, Properties } from "./resource";
import { tlsInvokes } from "./tls";
import { servedPackages } from "./value-packages";

/** For dry runs, which need no cloud: nothing is created, and functions are answered. */
export class PreviewProvider implements ResourceProvider {
  readonly #invokes: Invokes;

  constructor(account: Account) {
    this.#invokes = { ...accountInvokes(account), ...tlsInvokes };
  }

  serves(pkg: string): boolean {
    return servedPackages.includes(pkg);
  }

  emulates(): boolean {
    return true;
  }

  check({ type, inputs }: Pick<EngineResource, "type" | "inputs">): string[] {
    return checkByProviderRules(type, inputs);
  }

  plan(): Promise<PlannedResource> {
    throw new Error("a dry run plans nothing");
  }

  async invoke(token: string, args: Properties): Promise<Properties> {
    return await callFunction(this.#invokes, token, args);
  }
}
