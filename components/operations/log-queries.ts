import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { recordedArgs } from "../recorded-args";
import { logQueries, type LogQuery, type QueriedLogs } from "./log-query-texts";

/** Arguments of `LogQueries`. */
export interface LogQueriesArgs {
  /** Functions whose logs are read, fifty at most with the access log. */
  functions: Record<string, aws.lambda.Function>;
  /** The API's access log. */
  accessLog: aws.cloudwatch.LogGroup;
  /** Whether users are known, so that there are queries about one. */
  hasUsers: boolean;
}

/**
 * What people ask the logs when something is wrong, as saved queries of CloudWatch Logs Insights, below
 * `<name>-<stack>/` in its list. They cost nothing until they are run.
 */
export class LogQueries extends pulumi.ComponentResource {
  constructor(name: string, args: LogQueriesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:operations:LogQueries", name, recordedArgs(args), opts);
    const groups = logGroupsOf(args);
    for (const { title, text, logs } of logQueries.filter(isAskedOf(args))) {
      new aws.cloudwatch.QueryDefinition(
        `${name}-${title}-query`,
        {
          name: `${name}-${pulumi.getStack()}/${title}`,
          queryString: text,
          logGroupNames: groups[logs],
        },
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}

function isAskedOf({ hasUsers }: LogQueriesArgs): (query: LogQuery) => boolean {
  return ({ isOfUsers = false }) => hasUsers || !isOfUsers;
}

function logGroupsOf({
  functions,
  accessLog,
}: LogQueriesArgs): Record<QueriedLogs, pulumi.Output<string>[]> {
  const ofFunctions = Object.values(functions).map(({ loggingConfig }) => loggingConfig.logGroup);
  return {
    functions: ofFunctions,
    access: [accessLog.name],
    all: [...ofFunctions, accessLog.name],
  };
}
