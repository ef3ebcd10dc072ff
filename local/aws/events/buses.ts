import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { PolicyDocument } from "../iam/types";
import type { ServiceOptions } from "../types";
import type { KeptRule, KeptRules } from "./kept-rules";
import { defaultBus, invalid, Rule, type RuleDefinition } from "./rule";

/** A bus, as CreateEventBus takes it. */
export interface BusDefinition {
  /** 1–256 of `A–Z a–z 0–9 . - _`. */
  name: string;
  description?: string | undefined;
  /** Default none. */
  tags?: Readonly<Record<string, string>>;
}

/** A bus and its rules. */
export interface Bus {
  arn: string;
  definition: BusDefinition;
  createdAt: Date;
  rules: Map<string, Rule>;
  /** Who else may use it. */
  policy?: PolicyDocument | undefined;
}

type BusesOptions = Pick<ServiceOptions, "account" | "clock" | "notify">;

/** The buses of an account, one of which is always there. */
export class Buses {
  readonly #options: BusesOptions;
  readonly #kept: KeptRules;
  readonly #buses = new Map<string, Bus>();

  /** @param kept what callers of the API have made. */
  constructor(options: BusesOptions, kept: KeptRules) {
    this.#options = options;
    this.#kept = kept;
    this.#add({ name: defaultBus });
  }

  /** All buses, by name. */
  all(): Bus[] {
    return [...this.#buses.values()].sort((one, other) =>
      one.definition.name < other.definition.name ? -1 : 1,
    );
  }

  /** A bus by its name, or by its ARN, if there is one. */
  find(reference: string): Bus | undefined {
    return (
      this.#buses.get(reference) ?? [...this.#buses.values()].find(({ arn }) => arn === reference)
    );
  }

  /** The ARN of a bus, whether there is one of this name or not; of an ARN, itself. */
  arnOf(reference: string): string {
    return reference.startsWith("arn:")
      ? reference
      : regionalArn(this.#options.account, "events", `event-bus/${reference}`);
  }

  /**
   * A bus by its name, or by its ARN.
   *
   * @throws AwsError `ResourceNotFoundException`.
   */
  bus(reference = defaultBus): Bus {
    const bus = this.find(reference);
    if (bus === undefined) {
      const [, name = reference] =
        /^arn:[^:]+:events:[^:]*:\d*:event-bus\/(.+)$/.exec(reference) ?? [];
      throw new AwsError("ResourceNotFoundException", `Event bus ${name} does not exist.`);
    }
    return bus;
  }

  /** @throws AwsError `ResourceAlreadyExistsException`, `ValidationException`. */
  create(definition: BusDefinition): void {
    const { name } = definition;
    if (!/^[.\-_A-Za-z0-9]{1,256}$/.test(name)) {
      throw invalid(
        `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+`,
      );
    }
    if (this.#buses.has(name)) {
      throw new AwsError("ResourceAlreadyExistsException", `Event bus ${name} already exists.`);
    }
    this.#add(definition);
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  update(definition: BusDefinition): void {
    this.bus(definition.name).definition = definition;
  }

  /**
   * Deletes a bus; one that is gone already is no error.
   *
   * @throws AwsError `ValidationException` when it has rules, or is the account's.
   */
  delete(name: string): void {
    const bus = this.#buses.get(name);
    if (name === defaultBus) {
      throw invalid(`Cannot delete event bus ${defaultBus}.`);
    }
    if (bus && bus.rules.size > 0) {
      throw invalid("EventBus can't be deleted since it has rules.");
    }
    this.#buses.delete(name);
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  rule(name: string, busName?: string): Rule {
    const { rules, definition } = this.bus(busName);
    const rule = rules.get(name);
    if (rule === undefined) {
      throw new AwsError(
        "ResourceNotFoundException",
        `Rule ${name} does not exist on EventBus ${definition.name}.`,
      );
    }
    return rule;
  }

  /** The ARN of a rule, whether there is one of this name or not. */
  ruleArn(name: string, bus: string): string {
    const place = bus === defaultBus ? name : `${bus}/${name}`;
    return regionalArn(this.#options.account, "events", `rule/${place}`);
  }

  /** Creates a rule, or replaces the one of that name; its targets stay. */
  putRule(definition: RuleDefinition): void {
    const bus = this.bus(definition.bus);
    const { name } = bus.definition;
    const arn = this.ruleArn(definition.name, name);
    const rule = new Rule({ ...definition, bus: name }, arn, this.#options.clock());
    for (const target of bus.rules.get(definition.name)?.targets.values() ?? []) {
      rule.putTarget(target);
    }
    bus.rules.set(definition.name, rule);
  }

  /**
   * Deletes a rule; one that is gone already, or whose bus is, is no error.
   *
   * @throws AwsError `ValidationException` when it still has targets.
   */
  deleteRule(name: string, busName: string): void {
    const rules = this.find(busName)?.rules;
    if ((rules?.get(name)?.targets.size ?? 0) > 0) {
      throw invalid("Rule can't be deleted since it has targets.");
    }
    rules?.delete(name);
  }

  #add(definition: BusDefinition): void {
    const arn = this.arnOf(definition.name);
    const bus = {
      arn,
      definition,
      createdAt: this.#options.clock(),
      rules: new Map<string, Rule>(),
    };
    this.#buses.set(definition.name, bus);
    for (const kept of this.#kept.on(definition.name)) {
      this.#restore(kept, definition.name);
    }
  }

  /** What was taken once may be refused by now: such a rule stays on disk, and is told of. */
  #restore({ definition, targets }: KeptRule, bus: string): void {
    try {
      this.putRule(definition);
      const rule = this.rule(definition.name, bus);
      targets.forEach((target) => {
        rule.putTarget(target);
      });
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      this.#options.notify(`Rule ${definition.name} on bus ${bus} is left out: ${error.message}`);
    }
  }
}
