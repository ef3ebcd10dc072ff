import type { Principal } from "../../iam/types";
import type { FunctionSettings } from "../function-definition";

/** A version of a function as it is described: `$LATEST`, or one that was published. */
export interface FunctionVersion {
  /** `$LATEST`, or a number from 1. */
  version: string;
  settings: FunctionSettings;
  /** The function's, without a qualifier. */
  arn: string;
  /** The session of its role in whose name Lambda acts for it. */
  principal: Principal;
  /** The archive as it was given, in a file that is the function's own, or kept for others, too. */
  archive: { file: string; bytes: number; isKept: boolean };
  /** The archive's hash, in base64. */
  codeSha256: string;
  /** When it was deployed or published. */
  deployedAt: Date;
}
