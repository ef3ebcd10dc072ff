/** Who a person is in this view. */
export interface Identity {
  /** With an issuer, whom tokens name; with an API key, for whom images are uploaded. */
  readonly user: string;
  /** Whether tokens name an admin, who sees all users' images. */
  readonly isAdmin: boolean;
  /** Of another issuer; kept in memory alone. */
  readonly token: string;
}

const storageKey = "images.identity";

/** Who it was last in this tab. */
export function rememberedIdentity(storage: Pick<Storage, "getItem">): Identity {
  const { user = "ada", isAdmin = false } = JSON.parse(
    storage.getItem(storageKey) ?? "{}",
  ) as Partial<Identity>;
  return { user, isAdmin, token: "" };
}

/** Remembers that, but for the token. */
export function rememberIdentity(
  { user, isAdmin }: Identity,
  storage: Pick<Storage, "setItem">,
): void {
  storage.setItem(storageKey, JSON.stringify({ user, isAdmin }));
}
