import { useState } from "preact/hooks";
import { Button, Field } from "../../local/page/ui/kit";
import type { Identity } from "./identity";
import type { Session } from "./use-session";

/** Who asks, which differs by what the stack takes. */
export function IdentityBar({ session }: { session: Session }) {
  const [draft, setDraft] = useState(session.identity);
  const { user, isAdmin, token } = session.identity;
  const isChanged = draft.user !== user || draft.isAdmin !== isAdmin || draft.token !== token;
  const set = (change: Partial<Identity>) => {
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
        <TokenField
          value={draft.token}
          onInput={(token) => {
            set({ token });
          }}
        />
      ) : (
        <UserField
          session={session}
          draft={draft}
          onInput={(user) => {
            set({ user });
          }}
        />
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
      {isChanged && session.access !== "key" && <Button type="submit">Sign in</Button>}
      <span role="status">
        {isChanged && session.access === "local user" && (
          <>
            Until then, images go to <bdi>{user}</bdi>.
          </>
        )}
      </span>
    </form>
  );
}

interface TokenFieldProps {
  value: string;
  onInput: (token: string) => void;
}

function TokenField({ value, onInput }: TokenFieldProps) {
  return (
    <Field label="Access token">
      <input
        type="password"
        autocomplete="off"
        required
        value={value}
        onInput={({ currentTarget }) => {
          onInput(currentTarget.value);
        }}
      />
    </Field>
  );
}

interface UserFieldProps {
  session: Session;
  draft: Identity;
  onInput: (user: string) => void;
}

/** Who somebody is has to be said by the button; for whom images are uploaded, the field says. */
function UserField({ session, draft, onInput }: UserFieldProps) {
  const isForWhom = session.access === "key";
  return (
    <Field label={isForWhom ? "Upload for user" : "User"}>
      <input
        value={draft.user}
        required
        maxLength={128}
        autocomplete="off"
        onInput={({ currentTarget }) => {
          onInput(currentTarget.value);
        }}
        onChange={({ currentTarget: { value, form } }) => {
          if (isForWhom && form?.checkValidity()) {
            session.become({ ...draft, user: value });
          }
        }}
      />
    </Field>
  );
}
