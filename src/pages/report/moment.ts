import { parseDateTime } from '../../core/time.ts';
import type { PageLanguage } from '../language.ts';
import { harmless } from './text.ts';

/** Day and month in the order of the country most readers of the language are in. */
const LOCALES: Readonly<Record<PageLanguage, string>> = {
  fr: 'fr-BE',
  nl: 'nl-BE',
  de: 'de-DE',
  en: 'en-GB',
};

/** A date and time of a document in words and in UTC; what is no date-time is shown as it stands. */
export function momentIn(text: string, language: PageLanguage): string {
  const time = parseDateTime(text);
  if (time === undefined || !Number.isFinite(time)) return harmless(text);
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${format.format(time)} UTC`;
}
