import {
  DoorOpen,
  Activity,
  AlarmClock,
  Inbox,
  type IconNode,
  KeyRound,
  ScrollText,
  SlidersHorizontal,
  Tag,
  Timer,
  Trash2,
  UserCheck,
  Workflow,
  Zap,
} from "lucide";
import type { ComponentType } from "preact";
import type { Technician } from "../model";
import type { PageProps } from "../pages";

export const GROUPS = ["you", "account", "cases", "integrations", "operations"] as const;

export interface Section {
  /** Its segment of the address: `/console/settings/<id>`. */
  id: string;
  group: (typeof GROUPS)[number];
  /** The message that names it in the navigation and as its heading. */
  title: string;
  /** Words by which the palette finds it too: a message that lists them. */
  keywords?: string;
  icon: IconNode;
  /** The message of its button for something new, which the palette offers too. */
  adds?: string;
  /** Others do not see it in the navigation; the server asks for the role by itself. */
  administratorsOnly: boolean;
  /** Its code, a chunk of its own. */
  load: () => Promise<{ default: ComponentType<PageProps> }>;
}

/** The sections of the settings, in the order of the navigation within their groups. A section is added here. */
export const SECTIONS: readonly Section[] = [
  {
    id: "preferences",
    group: "you",
    title: "settings-preferences",
    icon: SlidersHorizontal,
    administratorsOnly: false,
    load: () => import("./Preferences"),
  },
  {
    id: "incoming",
    group: "cases",
    title: "console-settings-incoming",
    icon: Inbox,
    administratorsOnly: true,
    load: () => import("./Incoming"),
  },
  {
    id: "assignment",
    group: "cases",
    title: "settings-assignment",
    keywords: "settings-assignment-keywords",
    icon: UserCheck,
    administratorsOnly: true,
    load: () => import("./Assignment"),
  },
  {
    id: "labels",
    group: "cases",
    title: "settings-labels",
    icon: Tag,
    adds: "settings-label-add",
    administratorsOnly: false,
    load: () => import("./Labels"),
  },
  {
    id: "macros",
    group: "cases",
    title: "settings-macros",
    icon: Zap,
    adds: "macro-add",
    administratorsOnly: false,
    load: () => import("./Macros"),
  },
  {
    id: "rules",
    group: "cases",
    title: "settings-rules",
    keywords: "settings-rules-keywords",
    icon: Workflow,
    adds: "rule-add",
    administratorsOnly: true,
    load: () => import("./Rules"),
  },
  {
    id: "snoozing",
    group: "cases",
    title: "settings-snoozing",
    keywords: "settings-snoozing-keywords",
    icon: AlarmClock,
    administratorsOnly: true,
    load: () => import("./Snoozing"),
  },
  {
    id: "service-levels",
    group: "cases",
    title: "settings-sla",
    keywords: "settings-sla-keywords",
    icon: Timer,
    administratorsOnly: true,
    load: () => import("./ServiceLevels"),
  },
  {
    id: "deleted-cases",
    group: "cases",
    title: "settings-erasures",
    icon: Trash2,
    administratorsOnly: true,
    load: () => import("./DeletedCases"),
  },
  {
    id: "operations",
    group: "operations",
    title: "operations-title",
    icon: Activity,
    administratorsOnly: true,
    load: () => import("../operations/Operations"),
  },
  {
    id: "portals",
    group: "account",
    title: "settings-portals",
    keywords: "settings-portals-keywords",
    icon: DoorOpen,
    adds: "console-add-portal",
    administratorsOnly: true,
    load: () => import("./Portals"),
  },
  {
    id: "audit",
    group: "account",
    title: "audit-log",
    keywords: "audit-keywords",
    icon: ScrollText,
    administratorsOnly: true,
    load: () => import("./AuditLog"),
  },
  {
    id: "api-keys",
    group: "integrations",
    title: "api-keys",
    keywords: "api-keys-keywords",
    icon: KeyRound,
    adds: "api-key-new",
    administratorsOnly: true,
    load: () => import("./ApiKeys"),
  },
];

export function sectionsFor({ role }: Pick<Technician, "role">): readonly Section[] {
  return SECTIONS.filter((section) => role === "administrator" || !section.administratorsOnly);
}

/** The section that an address names, by the first segment below the settings. */
export function sectionOf(place: string | null): Section | undefined {
  const id = place?.split("/")[0];
  return SECTIONS.find((section) => section.id === id);
}
