import { AwsError } from "../aws-error";
import type { Authorizer, Principal } from "../iam/types";
import type { Account, LogSink } from "../types";

/** Where log lines go; a missing log group can be made. */
export interface LogDestination extends LogSink {
  createLogGroup(definition: { name: string }): unknown;
}

/** What a function's log is made with. */
export interface FunctionLogOptions {
  functionName: string;
  group: string;
  /** The session of the function's role. */
  principal: Principal;
  account: Account;
  logs: LogDestination;
  authorizer: Authorizer;
  notify: (line: string) => void;
}

/**
 * A function's log group. Lambda writes to it with the permissions of the function's role: without
 * them lines are lost, which AWS never tells, and the function runs all the same.
 */
export class FunctionLog {
  readonly #options: FunctionLogOptions;
  #saidThatLinesAreLost = false;

  constructor(options: FunctionLogOptions) {
    this.#options = options;
  }

  /**
   * Opens a stream for an execution environment.
   *
   * @returns what appends lines to it.
   */
  open(stream: string): (lines: readonly string[]) => void {
    const refused = ["logs:CreateLogStream", "logs:PutLogEvents"].find(
      (action) => !this.#mayDo(action, stream),
    );
    if (refused !== undefined) {
      this.#loseLines(`its role may not ${refused}`);
    }
    let isLost = refused !== undefined;
    return (lines) => {
      isLost ||= !this.#append(stream, lines);
    };
  }

  /** @returns whether there is a log group, or was none and could be made. */
  #append(stream: string, lines: readonly string[]): boolean {
    const { logs, group } = this.#options;
    try {
      logs.append(group, stream, lines);
    } catch (error) {
      if (!(error instanceof AwsError && error.code === "ResourceNotFoundException")) {
        throw error;
      }
      if (!this.#mayDo("logs:CreateLogGroup", "")) {
        this.#loseLines("there is no such log group, and its role may not logs:CreateLogGroup");
        return false;
      }
      logs.createLogGroup({ name: group });
      logs.append(group, stream, lines);
    }
    return true;
  }

  #mayDo(action: string, stream: string): boolean {
    const { account, authorizer, principal, group } = this.#options;
    const { partition, region, accountId } = account;
    const resource = `arn:${partition}:logs:${region}:${accountId}:log-group:${group}:log-stream:${stream}`;
    return authorizer.authorize({ principal, action, resource }).allowed;
  }

  #loseLines(reason: string): void {
    const { notify, functionName, group } = this.#options;
    if (!this.#saidThatLinesAreLost) {
      this.#saidThatLinesAreLost = true;
      notify(`Log lines of function ${functionName} to ${group} are lost: ${reason}.`);
    }
  }
}
