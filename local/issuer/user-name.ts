/** https://openid.net/specs/openid-connect-core-1_0.html#IDToken: `sub` */
const maxLength = 255;

/** What is wrong with a user's name, as a sentence; `undefined` if nothing is. */
export function userNameProblem(name: string): string | undefined {
  if (name === "") {
    return "A user name is needed.";
  }
  if (name.length > maxLength) {
    return `A user name has at most ${maxLength} characters; this one has ${name.length}.`;
  }
  return /\p{Cc}/u.test(name) ? "A user name has no control characters." : undefined;
}
