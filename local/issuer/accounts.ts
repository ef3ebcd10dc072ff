import { roleClaim } from "./access-token";

/** Who has signed in. What a user is, the last sign-in by that name says. */
export class Accounts {
  readonly #admins = new Map<string, boolean>();

  signIn(user: string, isAdmin: boolean): void {
    this.#admins.set(user, isAdmin);
  }

  /** What tokens say of a user beside the name. */
  claimsOf(user: string): { role?: "admin" } {
    return roleClaim(this.#admins.get(user) ?? false);
  }
}
