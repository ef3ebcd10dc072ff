import {
  ErrorHookRequest,
  ErrorHookResponse,
  ResourceHookRequest,
  ResourceHookResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type {
  RegisterErrorHookRequest,
  RegisterResourceHookRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { capitalized } from "../capitalized";
import { messageOf } from "../message-of";
import type { Properties } from "../provider/resource";
import { Callbacks } from "./callbacks";
import { structOf } from "./properties";
import type { HookMoment, HookNames } from "./registered-resource";

/** Something is not done to a resource, or its hooks have failed; the message says which. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
  readonly urn: string;

  constructor(urn: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.urn = urn;
  }
}

/** What is done to a resource. */
export type Operation = "create" | "update" | "delete";

/** What a hook is told of a resource. Properties are in the form in which they travel. */
export interface HookSubject {
  urn: string;
  name: string;
  type: string;
  /** Absent before the resource exists, and for components. */
  id?: string;
  newInputs?: Properties;
  oldInputs?: Properties;
  newOutputs?: Properties;
  oldOutputs?: Properties;
}

export interface HooksOptions {
  /** Leaves out the hooks that are not for previews. */
  previewOnly: boolean;
  warn: (message: string, urn: string) => void;
}

interface ResourceHook {
  callback: Callback;
  onDryRun: boolean;
  ignoreErrors: boolean;
}

/** As often Pulumi's engine tries at most what an error hook wants to have tried again. */
const maxAttempts = 100;

/**
 * The hooks that the program registered, which run in its process.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/hooks/
 */
export class Hooks {
  readonly #options: HooksOptions;
  readonly #callbacks = new Callbacks();
  readonly #resourceHooks = new Map<string, ResourceHook>();
  readonly #errorHooks = new Map<string, Callback>();

  constructor(options: HooksOptions) {
    this.#options = options;
  }

  /** Whether what they are called for is only previewed. */
  get isPreview(): boolean {
    return this.#options.previewOnly;
  }

  /** Whether there is none. */
  get isEmpty(): boolean {
    return this.#resourceHooks.size + this.#errorHooks.size === 0;
  }

  /** @throws Error when it has no name, or another's. */
  add(request: RegisterResourceHookRequest): void {
    this.#requireNewName(request.getName());
    this.#resourceHooks.set(request.getName(), {
      callback: callbackOf(request),
      onDryRun: request.getOnDryRun(),
      ignoreErrors: request.getIgnoreErrors(),
    });
  }

  /** @throws Error when it has no name, or another's. */
  addErrorHook(request: RegisterErrorHookRequest): void {
    this.#requireNewName(request.getName());
    this.#errorHooks.set(request.getName(), callbackOf(request));
  }

  /**
   * Calls the hooks of a moment one after the other.
   *
   * @throws StepFailed when one fails, unless its errors are to be ignored.
   */
  async run(
    moment: Exclude<HookMoment, "onError">,
    names: HookNames,
    subject: HookSubject,
  ): Promise<void> {
    for (const name of names[moment] ?? []) {
      const hook = this.#resourceHooks.get(name);
      if (!hook) {
        throw new StepFailed(subject.urn, `hook ${quoted(name)} was not registered`);
      }
      if (hook.onDryRun || !this.#options.previewOnly) {
        await this.#run(moment, name, hook, subject);
      }
    }
  }

  /**
   * Does something to a resource, again while it fails and an error hook wants so.
   *
   * @throws StepFailed when an error hook fails, or there were too many attempts; otherwise what
   * `act` throws.
   */
  async retried(
    operation: Operation,
    names: HookNames,
    subject: HookSubject,
    act: () => void | Promise<void>,
  ): Promise<void> {
    const errors: string[] = [];
    for (;;) {
      try {
        await act();
        return;
      } catch (error) {
        errors.unshift(messageOf(error));
        if (errors.length >= maxAttempts) {
          this.#warn(subject, `maximum number of error hook retries (${maxAttempts}) reached`);
          throw new StepFailed(subject.urn, "maximum number of error hook retries reached", {
            cause: error,
          });
        }
        if (!(await this.#wantsRetry(operation, names, subject, errors))) {
          throw error;
        }
        const count = `${errors.length}/${maxAttempts}`;
        this.#warn(subject, `retrying ${operation} due to on-error hook request (${count})`);
      }
    }
  }

  close(): void {
    this.#callbacks.close();
  }

  /** Both kinds share their names. */
  #requireNewName(name: string): void {
    if (name === "") {
      throw new Error("resource hook name cannot be empty");
    }
    if (this.#resourceHooks.has(name) || this.#errorHooks.has(name)) {
      throw new Error(`resource hook already registered for name ${quoted(name)}`);
    }
  }

  async #run(
    moment: HookMoment,
    name: string,
    { callback, ignoreErrors }: ResourceHook,
    subject: HookSubject,
  ): Promise<void> {
    const error = await this.#errorOf(callback, subject);
    if (error === "") {
      return;
    }
    if (!ignoreErrors) {
      const order = moment.startsWith("before") ? "before" : "after";
      throw new StepFailed(subject.urn, `${order} hook ${quoted(name)} failed: ${error}`);
    }
    const title = capitalized(moment);
    this.#warn(subject, `${title} hook ${quoted(name)} failed: ${error}`);
  }

  async #errorOf(callback: Callback, subject: HookSubject): Promise<string> {
    const request = describe(new ResourceHookRequest(), subject);
    if (subject.newOutputs) {
      request.setNewOutputs(structOf(subject.newOutputs));
    }
    try {
      const bytes = await this.#callbacks.call(callback, request.serializeBinary());
      return ResourceHookResponse.deserializeBinary(bytes).getError();
    } catch (error) {
      return messageOf(error);
    }
  }

  /** All error hooks are asked, and one of them is enough. */
  async #wantsRetry(
    operation: Operation,
    { onError = [] }: HookNames,
    subject: HookSubject,
    errors: string[],
  ): Promise<boolean> {
    let isWanted = false;
    for (const name of onError) {
      const callback = this.#errorHooks.get(name);
      if (!callback) {
        throw errorHookFailed(subject, `error hook ${quoted(name)} was not registered`);
      }
      const request = describe(new ErrorHookRequest(), subject)
        .setFailedOperation(operation)
        .setErrorsList(errors);
      const answer = await this.#callbacks
        .call(callback, request.serializeBinary())
        .then((bytes) => ErrorHookResponse.deserializeBinary(bytes))
        .catch((error: unknown) => new ErrorHookResponse().setError(messageOf(error)));
      if (answer.getError() !== "") {
        throw errorHookFailed(subject, `error hook ${quoted(name)} failed: ${answer.getError()}`);
      }
      isWanted ||= answer.getRetry();
    }
    return isWanted;
  }

  #warn({ urn }: HookSubject, message: string): void {
    this.#options.warn(message, urn);
  }
}

function describe<Request extends ResourceHookRequest | ErrorHookRequest>(
  request: Request,
  { urn, id = "", name, type, newInputs, oldInputs, oldOutputs }: HookSubject,
): Request {
  request.setUrn(urn).setId(id).setName(name).setType(type);
  if (newInputs) {
    request.setNewInputs(structOf(newInputs));
  }
  if (oldInputs) {
    request.setOldInputs(structOf(oldInputs));
  }
  if (oldOutputs) {
    request.setOldOutputs(structOf(oldOutputs));
  }
  return request;
}

function callbackOf(request: RegisterResourceHookRequest | RegisterErrorHookRequest): Callback {
  const callback = request.getCallback();
  if (!callback) {
    throw new Error("a hook has no callback");
  }
  return callback;
}

function errorHookFailed({ urn }: HookSubject, message: string): StepFailed {
  return new StepFailed(urn, `error hooks execution failed: ${message}`);
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
