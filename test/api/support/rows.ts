/** How many rows each table holds, as far as some tenants see them. */
import { sql } from 'drizzle-orm';
import type { Service } from '../../support/service.ts';

const TABLES = [
  'issuer',
  'issuer_version',
  'client',
  'api_key',
  'api_key_lookup',
  'signing_key',
  'image',
  'class_lineage',
  'credential_class',
  'recipient',
  'recipient_identifier',
  'assertion',
  'award_key',
  'document',
  'sealing_queue',
  'status_entry',
  'event',
  'idempotency',
];

export async function countRows(
  { services }: Pick<Service, 'services'>,
  issuerIds: readonly string[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const issuerId of issuerIds) {
    for (const table of TABLES) {
      const found: any = await services.db.transaction({ issuerId }, (tx) =>
        tx.execute(sql.raw(`select count(*)::int as count from ${table}`)),
      );
      counts[`${table} of ${issuerId}`] = found.rows[0].count;
    }
  }
  return counts;
}
