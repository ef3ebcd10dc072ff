import { useState } from "preact/hooks";
import { reveal } from "./api";
import { Button } from "./button";

interface SecretProps {
  /** A route that ends with `/reveal`. */
  route: string;
  /** What the route needs beside the path. */
  body?: object;
  /** Where the secret is in what the route knows. */
  path: readonly (string | number)[];
}

/** A secret: asked for and shown once somebody wants to see it, and hidden again as easily. */
export function Secret({ route, body, path }: SecretProps) {
  const [shown, setShown] = useState<{ text: string } | undefined>();
  const [problem, setProblem] = useState<string>();
  const name = path.at(-1) ?? "secret";
  const show = async () => {
    try {
      const value = await reveal(route, { ...body, path });
      setShown({ text: typeof value === "string" ? value : JSON.stringify(value, undefined, 2) });
      setProblem(undefined);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const hide = () => {
    setShown(undefined);
  };
  return (
    <span class="secret">
      {shown ? (
        <span class="secret-text">{shown.text}</span>
      ) : (
        <span aria-hidden="true">••••••••</span>
      )}
      <Button
        kind="quiet"
        label={`${shown ? "Hide" : "Reveal"} ${name}`}
        onClick={shown ? hide : show}
      >
        {shown ? "Hide" : "Reveal"}
      </Button>
      {problem !== undefined && <span role="alert">{problem}</span>}
    </span>
  );
}
