import { compilePolicy } from "./compile";
import type { CompiledStatement } from "./compile";
import { parsePolicyDocument } from "./policy-document";
import type { PolicyDocument } from "./types";

/** What decisions call the policy of a bucket, a topic, a key, a function … */
const name = "the resource's policy";

const compiled = new WeakMap<PolicyDocument, readonly CompiledStatement[]>();

/** Compiles a resource's policy, once per document; a document must not be changed afterwards. */
export function compileResourcePolicy(document: PolicyDocument): readonly CompiledStatement[] {
  const known = compiled.get(document) ?? compilePolicy(document, "resource", name);
  compiled.set(document, known);
  return known;
}

/**
 * Reads a resource's policy when it is put, so that no later decision meets a broken one.
 *
 * @param source JSON text, or what was parsed from it.
 * @throws AwsError `MalformedPolicyDocument`; each service has a code of its own for it.
 */
export function parseResourcePolicy(source: unknown): PolicyDocument {
  const document = parsePolicyDocument(source, "resource");
  compileResourcePolicy(document);
  return document;
}
