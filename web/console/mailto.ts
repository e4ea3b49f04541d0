import type { Case } from "./model";

const SUBJECT = 80;

/** A new mail to the customer. Its subject is their own words under the number, whatever language they speak. */
export function mailtoOf({ customer, number, preview }: Case): string {
  const about = preview.replaceAll(/\s+/g, " ").slice(0, SUBJECT);
  const subject = [`#${number}`, about].filter(Boolean).join(" ");
  // The sign in the middle of an address is part of the syntax and stands for itself (RFC 6068).
  const address = encodeURIComponent(customer.email).replace("%40", "@");
  return `mailto:${address}?subject=${encodeURIComponent(subject)}`;
}
