/** The one style sheet of all pages. */
import { BASE } from './style/base.ts';
import { DOCUMENT } from './style/document.ts';
import { PRINT } from './style/print.ts';
import { REPORT } from './style/report.ts';

export const STYLESHEET = [BASE, DOCUMENT, PRINT, REPORT].join('').trimStart();
