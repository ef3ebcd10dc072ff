import { useEffect, useState } from "preact/hooks";
import { Button, Field, hrefTo, navigate } from "../../local/page/ui/kit";
import { galleryHref } from "./image-address";
import { type ImageFilter, isFiltered } from "./images-api";

interface FilterBarProps {
  filter: ImageFilter;
  /** Whether images of several users can be seen at all. */
  byUser: boolean;
}

/** Which images are shown; what is chosen is in the address. */
export function FilterBar({ filter, byUser }: FilterBarProps) {
  const [user, setUser] = useState(filter.userId ?? "");
  const [tag, setTag] = useState(filter.tag ?? "");
  useEffect(() => {
    setUser(filter.userId ?? "");
    setTag(filter.tag ?? "");
  }, [filter.userId, filter.tag]);
  return (
    <form
      class="bar"
      role="search"
      aria-label="Images"
      onSubmit={(event) => {
        event.preventDefault();
        navigate(galleryHref({ userId: user.trim(), tag: tag.trim() }));
      }}
    >
      {byUser && (
        <Field label="By user">
          <input
            value={user}
            autocomplete="off"
            onInput={({ currentTarget }) => {
              setUser(currentTarget.value);
            }}
          />
        </Field>
      )}
      <Field label="By tag">
        <input
          value={tag}
          placeholder="album:first"
          pattern=".+:.*"
          title="key:value"
          autocomplete="off"
          onInput={({ currentTarget }) => {
            setTag(currentTarget.value);
          }}
        />
      </Field>
      <Button type="submit">Filter</Button>
      {isFiltered(filter) && <a href={hrefTo("images")}>Show all</a>}
    </form>
  );
}
