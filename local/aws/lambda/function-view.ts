import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import type { RestCall, RestOperation } from "../api/rest-api";
import { AwsError } from "../aws-error";
import type { Account } from "../types";
import type { CodeDownloads } from "./code-downloads";
import {
  askedReference,
  functionArn,
  type FunctionReference,
  latest,
  nameShapes,
  qualified,
} from "./function-name";
import type { MemberShape } from "./member-shape";
import type { FunctionRegistry } from "./registered-function";
import type { FunctionTarget } from "./versions/function-target";

/** What the operations work with. */
export interface ViewContext {
  account: Account;
  caller: Caller;
  lambda: FunctionRegistry;
  downloads: CodeDownloads;
}

/** An operation that shows functions. */
export type View = RestOperation<ViewContext>;
type ViewOutput = Structure | Promise<Structure>;

/** Most items that may be asked for, of lists of a function's configurations. */
export const configsAtOnce = 50;

/** An operation that shows functions, by its name. */
export function view(name: string, perform: View["perform"]): View {
  return { name, perform };
}

/** How operations on one function differ. */
interface FunctionViewOptions {
  /** Default: that of most operations. */
  shape?: MemberShape;
  /** Default: any version or alias. */
  qualifierShape?: MemberShape;
  /**
   * How it is told that there is no such function, version or alias. Default: by its ARN.
   *
   * @param arn with the qualifier that was asked for, or `$LATEST`.
   */
  missing?: (arn: string) => AwsError;
}

/** An operation on one function, whose name is in the path. */
export function functionView(
  name: string,
  perform: (found: FunctionTarget, context: ViewContext, call: RestCall) => ViewOutput,
  { shape = nameShapes.namespaced, qualifierShape, missing }: FunctionViewOptions = {},
): View {
  return view(name, (call, context) => {
    const { path, query } = call;
    const asked = { shape, qualifier: query.get("Qualifier") ?? undefined, qualifierShape };
    const { account } = context;
    const reference = askedReference({ reference: path.name ?? "", ...asked }, account);
    return perform(targetOf(reference, `lambda:${name}`, context, missing), context, call);
  });
}

/** What a reference names, for who may do that to it. */
export function targetOf(
  { name, qualifier }: FunctionReference,
  action: string,
  { account, caller, lambda }: ViewContext,
  missing?: FunctionViewOptions["missing"],
): FunctionTarget {
  const arn = functionArn(name, account);
  caller.require(action, qualified(arn, qualifier));
  try {
    return lambda.find(qualified(name, qualifier));
  } catch (error) {
    throw missing && error instanceof AwsError
      ? missing(qualified(arn, qualifier ?? latest))
      : error;
  }
}
