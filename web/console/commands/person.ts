import {
  CircleCheck,
  CircleMinus,
  Keyboard,
  Languages,
  LogOut,
  SunMoon,
  Volume2,
  VolumeX,
} from "lucide";
import { isLocale, LOCALES, locale, setLocale, t } from "../../shared/i18n";
import { setTheme, THEMES, theme } from "../../shared/theme";
import type { Command, Context } from "../commands";
import { explain } from "../explain";
import { open } from "../opened";
import { signOut } from "../session";
import { changeAvailability, changeSound } from "../status";

/** What is about the person: their status, how the console looks for them, help, and leaving. */
export const personCommands: readonly Command[] = [
  {
    id: "status.available",
    group: "status",
    title: "console-become-available",
    keywords: "command-status-words",
    icon: CircleCheck,
    when: (context) => hasStatus(context) && !context.technician.available,
    run: ({ desk }) => void changeAvailability(desk, false, true),
  },
  {
    id: "status.not-available",
    group: "status",
    title: "command-become-unavailable",
    keywords: "command-status-words",
    icon: CircleMinus,
    when: (context) => hasStatus(context) && context.technician.available,
    run: ({ desk }) => void changeAvailability(desk, true, false),
  },
  {
    id: "status.sound-on",
    group: "status",
    title: "console-sound-enable",
    icon: Volume2,
    when: ({ technician }) => !technician.sound,
    run: ({ desk }) => void changeSound(desk, true),
  },
  {
    id: "status.sound-off",
    group: "status",
    title: "command-sound-off",
    icon: VolumeX,
    when: ({ technician }) => technician.sound,
    run: ({ desk }) => void changeSound(desk, false),
  },
  {
    id: "look.theme",
    group: "look",
    title: "command-theme",
    keywords: "command-theme-words",
    icon: SunMoon,
    options: () =>
      THEMES.map((choice) => ({
        id: choice,
        title: t(`console-theme-${choice}`),
        current: theme.peek() === choice,
        run: () => setTheme(choice),
      })),
  },
  {
    id: "look.language",
    group: "look",
    title: "command-language",
    keywords: "command-language-words",
    icon: Languages,
    options: () =>
      Object.entries(LOCALES).map(([code, name]) => ({
        id: code,
        title: name,
        current: locale.peek() === code,
        run: () => {
          if (isLocale(code)) void setLocale(code);
        },
      })),
  },
  {
    id: "help.palette",
    group: "help",
    title: "console-key-palette",
    shortcut: "Mod+k",
    keyOnly: true,
    run: () => open("palette"),
  },
  {
    id: "help.keys",
    group: "help",
    title: "console-key-help",
    icon: Keyboard,
    shortcut: "?",
    run: () => open("shortcuts"),
  },
  {
    id: "session.leave",
    group: "help",
    title: "console-sign-out",
    icon: LogOut,
    run: () => void signOut().catch(explain),
  },
];

/** The status is there once something can come in at all (S56). */
function hasStatus({ technician }: Context): boolean {
  return technician.companies.some((company) => company.portal);
}
