import { useState } from "preact/hooks";
import { Button, Field } from "../../local/page/ui/kit";
import type { Session } from "./use-session";

/** Who asks, which differs by what the stack takes. */
export function IdentityBar({ session }: { session: Session }) {
  const [draft, setDraft] = useState(session.identity);
  const { user, isAdmin, token } = session.identity;
  const isChanged = draft.user !== user || draft.isAdmin !== isAdmin || draft.token !== token;
  const set = (change: Partial<typeof draft>) => {
    setDraft({ ...draft, ...change });
  };
  return (
    <form
      class="bar"
      aria-label="Who asks"
      onSubmit={(event) => {
        event.preventDefault();
        session.become(draft);
      }}
    >
      {session.access === "token" ? (
        <Field label="Access token">
          <input
            type="password"
            autocomplete="off"
            required
            value={draft.token}
            onInput={({ currentTarget }) => {
              set({ token: currentTarget.value });
            }}
          />
        </Field>
      ) : (
        <Field label={session.access === "key" ? "Upload for user" : "User"}>
          <input
            value={draft.user}
            required
            maxLength={128}
            autocomplete="off"
            onInput={({ currentTarget }) => {
              set({ user: currentTarget.value });
            }}
          />
        </Field>
      )}
      {session.access === "local user" && (
        <label class="check">
          <input
            type="checkbox"
            checked={draft.isAdmin}
            onChange={({ currentTarget }) => {
              set({ isAdmin: currentTarget.checked });
            }}
          />
          Admin
        </label>
      )}
      {isChanged && <Button type="submit">{session.access === "key" ? "Set" : "Sign in"}</Button>}
    </form>
  );
}
