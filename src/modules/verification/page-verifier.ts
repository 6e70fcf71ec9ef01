/** The verifier as the page needs it. To be dropped once the service itself takes addresses and recipients. */
import type { Resolve } from '../../signing/verify/index.ts';
import type { PageVerifier } from './page-routes.ts';
import type { VerificationService } from './service.ts';

/** `resolve`: fetches what is at an address, our own without a request, others through the guarded client. */
export function pageVerifier(service: VerificationService, resolve: Resolve): PageVerifier {
  return {
    verify: (body) => service.verify(body),
    verifyAddress: async (address) => {
      let body: Uint8Array;
      try {
        ({ body } = await resolve(address));
      } catch {
        const report = await service.verify(new Uint8Array());
        const [structure, ...rest] = report.checks;
        if (structure === undefined) return report;
        const unreachable = {
          ...structure,
          outcome: 'undetermined',
          code: 'address-unreachable',
          message: 'Nothing could be fetched from the address.',
        } as const;
        return { ...report, verdict: 'undetermined', checks: [unreachable, ...rest] };
      }
      return service.verify(body);
    },
  };
}
