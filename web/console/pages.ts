import { Bell, Contact, Inbox, type IconNode, Settings } from "lucide";
import type { ComponentType } from "preact";
import { addTexts } from "../shared/i18n";
import type { Desk } from "./desk";
import type { Technician } from "./model";
import { settingsTexts } from "./texts";

/** What every page and every section of the settings is given. */
export interface PageProps {
  desk: Desk;
  technician: Technician;
}

export interface Page {
  /** Its segment of the address: `/console/<id>`. */
  id: string;
  /** The message that names it in the navigation and as the heading of the page. */
  title: string;
  icon: IconNode;
  /** Settings stand at the end, after the status; everything else at the start. */
  end?: boolean;
  /** Whether it is in the navigation; missing: always. */
  shown?: (props: PageProps) => boolean;
  /** Brought on first sight, as a chunk of its own; the cases alone are there from the start. */
  load?: () => Promise<{ default: ComponentType<PageProps> }>;
}

/** The pages of the console in the order of the navigation. A page is added here once it exists. */
const LISTED = [
  { id: "cases", title: "console-cases", icon: Inbox, shown: hasCases },
  {
    id: "contacts",
    title: "contacts-title",
    icon: Contact,
    shown: hasCases,
    load: () => import("./contact/ContactsPage"),
  },
  {
    // Reached by the bell, and a page of its own only where there is no room for a card.
    id: "inbox",
    title: "console-inbox",
    icon: Bell,
    shown: () => false,
    load: () => import("./inbox/InboxPage"),
  },
  {
    id: "settings",
    title: "console-settings",
    icon: Settings,
    end: true,
    load: settingsPage,
  },
] as const satisfies readonly Page[];

async function settingsPage() {
  const [page] = await Promise.all([import("./settings/SettingsPage"), addTexts(settingsTexts)]);
  return page;
}

export type PageId = (typeof LISTED)[number]["id"];
export const PAGES: readonly (Page & { id: PageId })[] = LISTED;

export function isPage(id: string): id is PageId {
  return LISTED.some((page) => page.id === id);
}

export function pageOf(id: PageId): Page {
  return PAGES.find((page) => page.id === id) as Page;
}

/** Cases are there once one can come in, through the portal of a company, or has come in some other way (S7). */
export function hasCases({ desk, technician }: PageProps): boolean {
  const some = (desk.store.counts.value?.all ?? 0) > 0;
  return some || technician.companies.some((company) => company.portal);
}
