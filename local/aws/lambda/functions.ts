import { AwsError } from "../aws-error";
import type { Account } from "../types";
import { eventInvokeSettingsOf } from "./event-invoke-config";
import type { DeployedFunction } from "./execution-environment";
import {
  functionArn,
  functionNotFound,
  functionReferenceOf,
  latest,
  nameShapes,
  qualified,
} from "./function-name";
import { ResourcePolicy } from "./resource-policy";
import { Aliases } from "./versions/aliases";
import type { FunctionTarget, TargetSettings } from "./versions/function-target";
import type { FunctionVersion } from "./versions/function-version";
import { PublishedVersions, type PublishedVersionsOptions } from "./versions/published-versions";

/** A function that was created. */
interface RegisteredFunction {
  /** As it is now: `$LATEST`. */
  deployed: DeployedFunction;
  /** By qualifier; where there is none, by that of {@link latest}. */
  settings: Map<string, TargetSettings>;
}

/** All functions, with their versions and aliases, by what refers to them. */
export class Functions {
  readonly versions: PublishedVersions;
  readonly aliases: Aliases;
  readonly #account: Account;
  readonly #functions = new Map<string, RegisteredFunction>();

  constructor(options: PublishedVersionsOptions) {
    this.#account = options.account;
    this.versions = new PublishedVersions(options);
    this.aliases = new Aliases({
      dataDir: options.dataDir,
      functionOf: (name) => ({
        arn: functionArn(name, options.account),
        has: (version) => this.has(`${name}:${version}`),
      }),
    });
  }

  /** All functions, as they are deployed now. */
  all(): DeployedFunction[] {
    return [...this.#functions.values()].map(({ deployed }) => deployed);
  }

  /** Whether there is what a reference names. */
  has(reference: string): boolean {
    return this.#find(reference) !== undefined;
  }

  /** @throws AwsError `ResourceConflictException`. */
  requireNew(name: string): void {
    if (this.#functions.has(name)) {
      throw new AwsError("ResourceConflictException", `Function already exist: ${name}`, 409);
    }
  }

  /** Adds a function, or replaces what it was before. */
  put(deployed: DeployedFunction): void {
    const { name } = deployed.settings;
    const { settings = new Map<string, TargetSettings>() } = this.#functions.get(name) ?? {};
    this.#functions.set(name, { deployed, settings });
  }

  /** Removes a function with its versions and aliases. @returns what it was, if there was one. */
  remove(name: string): DeployedFunction | undefined {
    const { deployed } = this.#functions.get(name) ?? {};
    this.#functions.delete(name);
    this.versions.remove(name);
    for (const alias of this.aliases.of(name)) {
      this.aliases.delete(name, alias.name);
    }
    return deployed;
  }

  /** Deletes an alias with what is set for it. */
  removeAlias(name: string, alias: string): void {
    this.aliases.delete(name, alias);
    this.#functions.get(name)?.settings.delete(alias);
  }

  /** Takes back a permission, if there is one. */
  removePermission(reference: string, statementId: string): void {
    this.#find(reference)?.settings.policy.remove(statementId);
  }

  /** Gives the settings of events their defaults back. */
  resetEventInvoke(reference: string): void {
    const target = this.#find(reference);
    if (target) {
      target.settings.eventInvoke = eventInvokeSettingsOf({});
      target.settings.eventInvokeSet = undefined;
    }
  }

  /**
   * A function as it is now, by its name.
   *
   * @throws AwsError `ResourceNotFoundException`.
   */
  latest(name: string): DeployedFunction {
    const found = this.#functions.get(name);
    if (found === undefined) {
      throw functionNotFound(functionArn(name, this.#account));
    }
    return found.deployed;
  }

  /**
   * @param implied what an error names where the reference has no qualifier. Default: nothing.
   * @throws AwsError `ResourceNotFoundException`.
   */
  find(reference: string, implied?: string): FunctionTarget {
    const target = this.#find(reference);
    if (target === undefined) {
      const { name, qualifier = implied } = functionReferenceOf(
        reference,
        this.#account,
        nameShapes.joined,
      );
      throw functionNotFound(qualified(functionArn(name, this.#account), qualifier));
    }
    return target;
  }

  #find(reference: string): FunctionTarget | undefined {
    const { name, qualifier } = functionReferenceOf(reference, this.#account, nameShapes.joined);
    const registered = this.#functions.get(name);
    const alias = qualifier === undefined ? undefined : this.aliases.find(name, qualifier);
    const number = alias?.version ?? qualifier ?? latest;
    const version: FunctionVersion | undefined =
      number === latest ? registered?.deployed : this.versions.find(name, number);
    if (registered === undefined || version === undefined) {
      return undefined;
    }
    const arn = qualified(registered.deployed.arn, qualifier);
    const settings = this.#settingsOf(registered, qualifier);
    return { name, qualifier, arn, version, alias, settings };
  }

  #settingsOf({ deployed, settings }: RegisteredFunction, qualifier = latest): TargetSettings {
    const found = settings.get(qualifier);
    if (found) {
      return found;
    }
    const arn = qualified(deployed.arn, qualifier === latest ? undefined : qualifier);
    const made: TargetSettings = {
      policy: new ResourcePolicy(arn, this.#account.partition),
      eventInvoke: eventInvokeSettingsOf({}),
    };
    settings.set(qualifier, made);
    return made;
  }
}
