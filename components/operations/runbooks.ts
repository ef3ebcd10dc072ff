/** Where the runbooks are in the repository. */
const folder = "docs/runbooks";

/** The list of all of them. */
export const listOfRunbooks = "README";

/**
 * Where the runbook of an alarm is: its address, or its path in a repository whose address is not known.
 *
 * @param alarm the suffix of its name.
 * @param repositoryUrl without a slash at the end.
 */
export function runbookOf(alarm: string, repositoryUrl = ""): string {
  const path = `${folder}/${alarm}.md`;
  // HEAD stands for the default branch, on GitHub and GitLab alike.
  return repositoryUrl === "" ? path : `${repositoryUrl}/blob/HEAD/${path}`;
}
