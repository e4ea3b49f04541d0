import { isLocale, LOCALES, locale, setLocale, t } from "../../shared/i18n";
import { isTheme, setTheme, THEMES, theme } from "../../shared/theme";
import type { PageProps } from "../pages";
import { changeSound } from "../status";
import { Switch } from "../parts/Switch";
import { Card } from "./parts/Card";
import { Choice, SelectField } from "./parts/fields";
import { SectionHead } from "./parts/SectionHead";

/** How the console looks and sounds for whoever is signed in. */
export default function Preferences({ desk, technician }: PageProps) {
  return (
    <>
      <SectionHead title={t("settings-preferences")} about={t("settings-preferences-about")} />
      <Card title={t("settings-look")}>
        <SelectField
          label={t("language")}
          hint={t("settings-language-note")}
          name="language"
          value={locale.value}
          options={Object.entries(LOCALES).map(([value, label]) => ({ value, label, lang: value }))}
          onChange={(code) => isLocale(code) && void setLocale(code)}
        />
        <Choice
          label={t("console-theme")}
          name="theme"
          value={theme.value}
          options={THEMES.map((value) => ({ value, label: t(`console-theme-${value}`) }))}
          onChange={(choice) => isTheme(choice) && setTheme(choice)}
        />
      </Card>
      <Card title={t("console-notifications")}>
        <Switch
          label={t("console-sound")}
          checked={technician.sound}
          busy={false}
          onChange={(wanted) => void changeSound(desk, wanted)}
        >
          {t(technician.sound ? "settings-sound-on" : "settings-sound-off")}
        </Switch>
      </Card>
    </>
  );
}
