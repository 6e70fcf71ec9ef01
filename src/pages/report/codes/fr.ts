import type { CodeWords } from '../codes.ts';

export const fr: CodeWords = {
  meaning: {
    'not-utf-8': 'Le fichier n’est pas un texte lisible.',
    'not-json': 'Ce qui a été remis n’est ni un fichier d’attestation ni un jeton signé.',
    'not-a-credential': 'Ce qui a été remis ne contient aucune attestation.',
    'token-malformed':
      'Le texte n’est ni un fichier d’attestation ni un jeton signé complet. Il en manque peut-être une partie.',
    'byte-order-mark': 'Un programme a ajouté une marque invisible au début du fichier.',
    'too-long': 'L’attestation est plus longue que ce que ce service lit.',
    'too-deep': 'L’attestation est imbriquée plus profondément que ce que ce service lit.',
    'too-complex': 'L’attestation comporte plus d’éléments que ce que ce service examine.',
    'duplicate-member':
      'La même entrée figure deux fois dans le fichier\u00a0: deux lecteurs pourraient y voir deux attestations différentes.',
    'reserved-member':
      'Le fichier contient une entrée qui peut servir à tromper le programme qui le lit.',
    'lone-surrogate': 'Le fichier contient un caractère endommagé.',
    'number-out-of-range': 'Le fichier contient un nombre qui ne peut être lu exactement.',
    unreadable: 'Ce point n’a pas été vérifié, car l’attestation n’a pas pu être lue.',
    'address-malformed': 'Ce qui a été indiqué n’est pas une adresse https.',
    'not-an-open-badge':
      'Le fichier n’est pas construit comme un Open Badge doit l’être\u00a0: un élément requis manque ou est erroné.',
    'version-unsupported': 'L’attestation suit une version de la norme qui n’est pas vérifiée ici.',
    'id-missing': 'L’attestation n’a ni adresse ni numéro propre.',
    'statement-hidden':
      'L’attestation cache une information qui a été signée, comme sa date de fin ou sa liste de retraits. Quelqu’un l’a falsifiée.',
    'unknown-context':
      'L’attestation emploie un vocabulaire que ce service ne connaît pas\u202f; une partie de son contenu n’a donc pas de sens établi.',
    'undefined-term':
      'L’attestation contient un élément qu’aucun vocabulaire ne définit. La signature ne le couvre pas\u00a0: n’importe qui a pu l’ajouter.',
    'canonicalisation-timeout':
      'La lecture de l’attestation a pris trop de temps et a été interrompue.',
    overloaded: 'Trop d’attestations sont en cours de vérification en ce moment.',
    'not-json-ld': 'L’attestation n’est pas écrite dans le format qu’elle prétend employer.',
    'check-fault': 'La vérification n’a pas pu être faite à cause d’une erreur de ce service.',
    'proof-missing': 'L’attestation ne porte aucune signature. N’importe qui a pu l’écrire.',
    'proof-malformed': 'La signature est endommagée ou incomplète.',
    'proof-purpose':
      'La signature a été faite dans un autre but que d’affirmer ce que dit cette attestation.',
    'proof-unsupported': 'L’attestation est signée d’une manière qui n’est pas vérifiée ici.',
    'cryptosuite-unsupported':
      'L’attestation est signée avec une méthode cryptographique qui n’est pas vérifiée ici.',
    'proof-in-future': 'Selon la signature, elle aurait été faite dans le futur.',
    'proof-expired': 'La signature a été faite pour une durée limitée, qui est écoulée.',
    'too-many-proofs': 'L’attestation porte plus de signatures que ce qui est vérifié ici.',
    'signature-wrong':
      'La signature ne correspond pas à l’attestation. Celle-ci a été modifiée après la signature, ou signée avec une autre clé.',
    'alg-refused': 'Le jeton est signé avec une méthode qu’Open Badges n’admet pas.',
    'typ-refused': 'Le jeton est destiné à autre chose qu’à une attestation.',
    'header-refused': 'Le jeton pose des exigences qui ne sont pas admises pour une attestation.',
    'audience-bound':
      'Le jeton a été établi pour un lecteur précis, et non pour vous ou pour le public.',
    'claims-disagree': 'Le jeton signé et l’attestation qu’il contient se contredisent.',
    'no-key': 'Ce point n’a pas été vérifié, car la clé de l’émetteur n’est pas connue.',
    'no-sound-proof': 'Ce point n’a pas été vérifié, car il n’y a pas de signature utilisable.',
    terms: 'Ce point n’a pas été vérifié, car il n’est pas possible de dire ce qui a été signé.',
    'issuer-missing': 'L’attestation ne dit pas qui l’a délivrée.',
    'issuer-key-mismatch': 'Quelqu’un d’autre que l’émetteur nommé dans l’attestation l’a signée.',
    'key-not-listed':
      'L’émetteur ne compte pas la clé de signature parmi les siennes. Il peut s’agir d’un faux, ou l’émetteur a retiré cette clé.',
    'key-not-bound': 'Rien ne montre que la clé de signature appartient à l’émetteur.',
    'key-missing': 'L’attestation ne dit pas avec quelle clé elle a été signée.',
    'key-unfit': 'La clé indiquée ne convient pas à ce type de signature.',
    'key-revoked': 'L’émetteur a retiré la clé de signature, peut-être parce qu’elle a été volée.',
    'key-expired': 'L’émetteur n’emploie plus la clé de signature.',
    'key-unavailable': 'La clé de signature n’a pas pu être obtenue.',
    'kid-malformed': 'Le jeton désigne sa clé d’une manière qui ne permet pas de la trouver.',
    'verification-method-malformed':
      'La signature désigne sa clé d’une manière qui ne permet pas de la trouver.',
    'did-method-unsupported':
      'L’émetteur publie ses clés d’une manière qui n’est pas prise en charge ici.',
    'issuer-document-unavailable':
      'Les clés de l’émetteur n’ont pas pu être obtenues\u00a0: son serveur ne répond pas, ou ne donne pas de clés.',
    'issuer-document-malformed': 'L’émetteur publie ses clés d’une manière qui n’est pas claire.',
    'hosted-copy-differs':
      'L’exemplaire que l’émetteur montre sur le web dit autre chose que celui qui a été remis.',
    'date-malformed': 'Une date de l’attestation ne peut être lue.',
    'dates-out-of-order': 'L’attestation prend fin avant de commencer.',
    'not-yet-valid': 'L’attestation ne devient valide qu’à une date ultérieure.',
    expired: 'La période de validité de l’attestation est terminée.',
    revoked: 'L’émetteur a retiré définitivement cette attestation.',
    suspended: 'L’émetteur a suspendu cette attestation pour le moment.',
    'no-status':
      'L’émetteur n’a pas prévu de pouvoir retirer cette attestation\u202f; il n’y avait donc rien à consulter.',
    unproven:
      'Ce point n’a pas été vérifié\u00a0: l’émetteur n’est interrogé que sur les attestations dont l’authenticité est prouvée.',
    'status-entry-malformed':
      'L’attestation ne dit pas clairement où son émetteur annoncerait un retrait.',
    'status-type-unsupported':
      'L’émetteur annonce les retraits d’une manière qui n’est pas vérifiée ici.',
    'status-purpose-unsupported':
      'L’émetteur publie un autre état que le retrait ou la suspension, qui n’est pas vérifié ici.',
    'status-list-unavailable':
      'La liste des attestations retirées par l’émetteur n’a pas pu être obtenue. Celle-ci a peut-être été retirée.',
    'status-list-malformed': 'La liste des attestations retirées par l’émetteur ne peut être lue.',
    'status-list-mismatch':
      'La liste des retraits qui a été trouvée n’est pas celle de cet émetteur ou de cette attestation.',
    'status-list-unproven':
      'La liste des retraits n’est pas correctement signée par l’émetteur\u202f; on ne peut donc s’y fier.',
    'status-list-out-of-date':
      'La liste des attestations retirées par l’émetteur n’est plus à jour.',
    'status-index-out-of-range':
      'La liste des attestations retirées n’a pas de place pour celle-ci.',
    'recipient-mismatch':
      'L’attestation a été délivrée à une autre personne que celle de l’adresse électronique ou de l’identifiant indiqué.',
    'spelling-unsupported':
      'Un élément important du badge est écrit d’une manière que tous les programmes ne comprennent pas.',
    'key-document-malformed': 'L’adresse de la clé donne autre chose qu’une clé.',
    'key-malformed': 'L’émetteur décrit sa clé d’une manière qui n’est pas claire.',
    'key-not-named': 'Le badge ne dit pas avec laquelle des clés de l’émetteur il a été signé.',
    'no-issuer': 'Ce point n’a pas été vérifié, car le profil de l’émetteur n’a pas pu être lu.',
    'proof-mismatch':
      'Le badge est signé, mais dit de lui-même qu’il ne l’est pas\u202f; la signature ne prouve donc rien.',
    'hosted-copy-changed':
      'Une partie de ce que dit le badge n’est pas ce que l’émetteur publie aujourd’hui à son adresse.',
    'embedded-copy-differs':
      'Le badge dit de l’acquis ou de son émetteur ce qui n’est pas publié à leurs propres adresses.',
    'issuer-origin-mismatch':
      'Le badge est publié à une adresse qui n’est pas celle de l’émetteur qu’il nomme.',
    'issuer-scope-unsupported':
      'L’émetteur décrit où il publie ses badges d’une manière qui n’est pas lue ici.',
    'recipient-not-named': 'L’attestation ne nomme pas son titulaire par ce type d’identifiant.',
    'recipient-hash-unknown':
      'L’attestation nomme son titulaire sous une forme masquée qui ne peut être comparée ici.',
    'refreshed-mismatch':
      'Interrogé sur une version plus récente, le serveur de l’émetteur a donné une autre attestation, ou celle d’un autre émetteur.',
    'newest-not-in-force':
      'Selon sa version la plus récente, publiée par l’émetteur, l’attestation n’est plus en vigueur.',
    'newest-status-open':
      'Il n’a pas été possible de savoir si la version la plus récente de l’attestation a été retirée.',
    'not-an-endorsement': 'Ce n’est pas un appui correct.',
    'endorsement-of-another': 'L’appui porte sur autre chose.',
  },
  fetched: {
    address: 'Rien n’a pu être obtenu à l’adresse indiquée.',
    'hosted-copy': 'L’exemplaire que l’émetteur montre sur le web n’a pas pu être obtenu.',
    'badge-class': 'La description du badge par l’émetteur n’a pas pu être obtenue.',
    'issuer-document': 'Le profil et les clés de l’émetteur n’ont pas pu être obtenus.',
    key: 'La clé de l’émetteur n’a pas pu être obtenue.',
    'status-list':
      'La liste des attestations retirées par l’émetteur n’a pas pu être obtenue. Celle-ci a peut-être été retirée.',
    refresh: 'La version plus récente de l’attestation n’a pas pu être obtenue de l’émetteur.',
  },
  fetchFault: {
    forbidden:
      'L’adresse n’est pas une adresse https publique, et aucune autre n’est ouverte d’ici.',
    timeout: 'Le serveur n’a pas répondu à temps.',
    'too-large': 'La réponse du serveur est trop grande.',
    unreachable: 'Le serveur est injoignable.',
    'bad-status': 'Le serveur répond, mais sans document.',
    gone: 'Le serveur dit que cela a été retiré définitivement.',
    'too-many-redirects': 'Le serveur renvoie trop souvent vers d’autres adresses.',
    'encoding-refused': 'Le serveur répond sous une forme comprimée qui n’a pas été demandée.',
    'too-many-addresses': 'Trop d’adresses auraient dû être interrogées pour une vérification.',
    elsewhere: 'Le serveur renvoie vers un autre hôte, dont la parole ne vaut pas pour lui.',
  },
  advice: {
    distrust:
      'Ne vous y fiez pas. Interrogez l’établissement nommé, par un contact que vous connaissez déjà et non par celui que donne l’attestation.',
    original:
      'Demandez au titulaire le fichier original, tel qu’il l’a reçu. Une copie, une modification ou une conversion a pu endommager celui-ci.',
    resubmit:
      'Donnez l’attestation elle-même\u00a0: le fichier ou le jeton que le titulaire a reçu, et non une image, un certificat sur papier ou une page à son sujet.',
    'issuer-repairs':
      'Seul l’émetteur peut y remédier. Prévenez l’établissement et, d’ici là, ne tenez pas l’attestation pour valide.',
    elsewhere:
      'Cela ne dit rien contre l’attestation, et rien en sa faveur. Demandez à l’établissement de la confirmer, ou employez un vérificateur qu’il recommande.',
    later:
      'Réessayez dans quelques minutes. Si cela échoue encore, interrogez l’établissement. Tant que la vérification n’aboutit pas, ne tenez pas l’attestation pour valide.',
    ours: 'Réessayez plus tard. Si cela se reproduit, prévenez l’exploitant de ce service.',
    withdrawn:
      'Ne l’acceptez pas. Le titulaire peut demander à l’établissement la raison du retrait et si une autre attestation la remplace.',
    paused:
      'Ne l’acceptez pas pour le moment. Interrogez l’établissement ou vérifiez à nouveau plus tard.',
    ended:
      'Demandez au titulaire une attestation actuelle. L’établissement peut vous dire si l’acquis compte toujours.',
    early: 'Vérifiez-la à nouveau quand sa période de validité aura commencé.',
    identify:
      'Demandez à la personne sous quelle adresse ou quel identifiant elle l’a reçue, vérifiez à nouveau avec cette donnée, et assurez-vous vous-même de son identité.',
    'by-file':
      'Assurez-vous que l’adresse est complète et commence par https://, ou demandez le fichier au titulaire et remettez-le.',
    'see-above': 'Voyez la vérification qui a échoué ou n’a pas pu être faite.',
    nothing: 'Vous n’avez rien à faire.',
  },
};
