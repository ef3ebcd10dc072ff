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
  const become = ({ user: name }: Pick<Identity, "user">) => {
    const next = { ...draft, user: name.trim() };
    setDraft(next);
    session.become(next);
  };
  return (
    <form
      class="bar"
      aria-label="Who asks"
      onSubmit={(event) => {
        event.preventDefault();
        become(draft);
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
        <UserField session={session} draft={draft} onInput={set} onChoose={become} />
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
  onInput: (change: Pick<Identity, "user">) => void;
  /** Called where that needs no button. */
  onChoose: (change: Pick<Identity, "user">) => void;
}

/** Who somebody is has to be said by the button; for whom images are uploaded, the field says. */
function UserField({ session, draft, onInput, onChoose }: UserFieldProps) {
  const isForWhom = session.access === "key";
  return (
    <Field label={isForWhom ? "Upload for user" : "User"}>
      <input
        value={draft.user}
        required
        pattern={String.raw`.*\S.*`}
        title="Something that shows"
        maxLength={128}
        autocomplete="off"
        onInput={({ currentTarget }) => {
          onInput({ user: currentTarget.value });
        }}
        onChange={({ currentTarget: { value, form } }) => {
          if (isForWhom) {
            // Images go to whom it says: where that is nobody, it says again to whom they go.
            onChoose({ user: form?.checkValidity() ? value : session.identity.user });
          }
        }}
      />
    </Field>
  );
}
