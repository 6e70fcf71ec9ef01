/** Column shapes every table shares. */
import { customType, text, timestamp } from 'drizzle-orm/pg-core';

/** The tenant. Part of every key of a tenant table, so that tables can be distributed by it. */
export const issuerId = () => text('issuer_id').notNull();

/** Milliseconds, the precision of a JavaScript date, so that a cursor made from one finds its row again. */
export const instant = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
});

/** Transaction id of the last write: feeds show a row only when every older transaction has ended. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });
