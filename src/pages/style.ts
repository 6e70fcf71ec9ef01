/** The one style sheet of all pages. */
export const STYLESHEET = 'body{font:1rem/1.6 Georgia,serif}';
