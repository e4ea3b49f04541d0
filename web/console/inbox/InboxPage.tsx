import type { PageProps } from "../pages";
import { InboxList } from "./InboxList";

/** The inbox where there is no room for a card: all of the page. */
export default function InboxPage({ desk }: PageProps) {
  return (
    <main class="inbox-page">
      <InboxList desk={desk} />
    </main>
  );
}
