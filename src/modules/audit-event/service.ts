/** Who did what: the events of an issuer, in the order they were committed. */
import { actingIssuer, type Caller, requireScope } from '../../core/caller.ts';
import { type Page, pageOf } from '../../core/page.ts';
import { type Database, PLATFORM } from '../../store/db.ts';
import * as repository from './repository.ts';

export type { AuditEvent } from './repository.ts';

export type AuditEventService = ReturnType<typeof auditEventService>;

export function auditEventService({ db }: { readonly db: Database }) {
  return {
    /** Events of the issuer acted for; of the platform itself where a platform client names none. */
    async list(
      caller: Caller,
      filter: repository.EventFilter,
    ): Promise<Page<repository.AuditEvent>> {
      requireScope(caller, 'audit.read');
      const tenant =
        caller.platform && caller.issuerId === undefined ? PLATFORM : actingIssuer(caller);
      const rows = await db.transaction({ issuerId: tenant }, (tx) =>
        repository.listEvents(tx, tenant, filter),
      );
      return pageOf(rows, filter, repository.sortKey, (row) => row);
    },
  };
}
