/** The zone of this browser, in which tomorrow begins. */
export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
