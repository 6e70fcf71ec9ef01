/** Dates, numbers, names of countries and languages as a page's language writes them. Times are in UTC. */
import { parseDateTime } from '../core/time.ts';
import { type Element, h } from './element.ts';
import type { PageLanguage } from './language.ts';

/** The region decides how dates and numbers are written. */
const LOCALES: Readonly<Record<PageLanguage, string>> = {
  fr: 'fr-BE',
  nl: 'nl-BE',
  de: 'de-DE',
  en: 'en-GB',
};

/** A calendar date or a date-time as a day; what is neither is shown as it stands. */
export function dayOf(text: string, language: PageLanguage): Element {
  return timeElement(text, language, { dateStyle: 'long' });
}

/** A date-time with its hour and minute, and the zone said. */
export function momentOf(text: string, language: PageLanguage): Element {
  return timeElement(text, language, { dateStyle: 'long', timeStyle: 'short' }, ' UTC');
}

/** The day as plain text, for titles and descriptions. */
export function dayText(text: string, language: PageLanguage): string {
  const time = timeOf(text);
  return time === undefined ? text : written(time, language, { dateStyle: 'long' });
}

function timeElement(
  text: string,
  language: PageLanguage,
  style: Intl.DateTimeFormatOptions,
  suffix = '',
): Element {
  const time = timeOf(text);
  if (time === undefined) return h('span', null, text);
  return h('time', { datetime: text }, `${written(time, language, style)}${suffix}`);
}

function written(time: number, language: PageLanguage, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALES[language], { ...style, timeZone: 'UTC' }).format(time);
}

function timeOf(text: string): number | undefined {
  return parseDateTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
}

export function numberText(value: number, language: PageLanguage): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 6 }).format(value);
}

/** `value`: of a hundred. */
export function percentText(value: number, language: PageLanguage): string {
  const options = { style: 'percent', maximumFractionDigits: 6 } as const;
  return new Intl.NumberFormat(LOCALES[language], options).format(value / 100);
}

/** A size in bytes, in kilobytes from a thousand on. */
export function sizeText(bytes: number, language: PageLanguage): string {
  const large = bytes >= 1000;
  return new Intl.NumberFormat(LOCALES[language], {
    style: 'unit',
    unit: large ? 'kilobyte' : 'byte',
    maximumFractionDigits: large ? 1 : 0,
  }).format(large ? bytes / 1000 : bytes);
}

export function moneyText(amount: number, currency: string, language: PageLanguage): string {
  return new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency }).format(amount);
}

export function countryName(code: string, language: PageLanguage): string {
  return nameOf('region', code, language);
}

export function languageName(tag: string, language: PageLanguage): string {
  return nameOf('language', tag, language);
}

function nameOf(type: 'region' | 'language', code: string, language: PageLanguage): string {
  try {
    return new Intl.DisplayNames([LOCALES[language]], { type }).of(code) ?? code;
  } catch {
    // Private-use and malformed codes have no name.
    return code;
  }
}

const PERIOD = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/;
const UNITS = ['year', 'month', 'day'] as const;

/** An ISO 8601 duration of years, months and days in words. */
export function periodText(period: string, language: PageLanguage): string {
  const amounts = PERIOD.exec(period)?.slice(1) ?? [];
  const parts = UNITS.flatMap((unit, at) => {
    const amount = amounts[at];
    return amount === undefined ? [] : [unitText(Number(amount), unit, language)];
  });
  return parts.length === 0
    ? period
    : new Intl.ListFormat(LOCALES[language], { type: 'unit' }).format(parts);
}

function unitText(amount: number, unit: string, language: PageLanguage): string {
  const options = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(LOCALES[language], options).format(amount);
}
