import type { VerifyWords } from './shape.ts';

export const fr: VerifyWords = {
  title: 'Vérifier une attestation',
  lead: 'Donnez le fichier que le titulaire a reçu, ou l’adresse de l’attestation. Vous obtenez un rapport qui dit ce qui a été vérifié, ce qui en résulte et que faire.',
  whatToCheck: 'Que faut-il vérifier\u202f?',
  oneOfTwo: 'Donnez l’un des deux.',
  file: 'Fichier',
  fileHint: 'L’attestation sous forme de fichier (JSON ou JWT), 1 Mo au plus.',
  or: 'ou',
  address: 'Adresse',
  addressHint: 'Elle commence par https://',
  recipient: 'De qui doit-elle parler\u202f?',
  recipientHint:
    'Facultatif. Si vous savez sous quelle adresse électronique ou quel identifiant la personne l’a reçue, cela est comparé aussi.',
  recipientType: 'Ce que vous connaissez',
  email: 'Adresse électronique',
  identifier: 'Autre identifiant',
  value: 'Adresse électronique ou identifiant',
  submit: 'Vérifier',
  notKept:
    'Ce que vous remettez est vérifié et n’est pas conservé. Pour la vérification, le serveur de l’émetteur peut être interrogé sur ses clés et sa liste d’attestations retirées.',
  problem: 'Veuillez corriger ceci',
  errorPrefix: 'Erreur\u00a0: ',
  faults: {
    'nothing-given': 'Choisissez un fichier ou donnez une adresse.',
    'both-given': 'Donnez soit un fichier, soit une adresse, mais pas les deux.',
    'file-empty': 'Le fichier est vide. Choisissez-en un autre.',
    'file-too-large':
      'Le fichier dépasse 1 Mo. Une attestation est plus petite\u202f; choisissez un autre fichier.',
    'address-malformed': 'Ce n’est pas une adresse complète. Elle commence par https://',
    'recipient-malformed':
      'Ce n’est pas une adresse électronique. Elle contient un @ et pas d’espace.',
    'recipient-too-long': 'C’est plus long que toute adresse ou tout identifiant.',
    'form-unreadable': 'Le formulaire n’a pas pu être lu. Remplissez-le à nouveau.',
  },
  busy: {
    title: 'Un instant, s’il vous plaît',
    body: 'Trop d’attestations sont en cours de vérification. Rien n’a été vérifié. Réessayez dans {seconds} secondes.',
  },
  slowDown: {
    title: 'Trop de vérifications',
    body: 'Beaucoup de vérifications sont venues de votre adresse en peu de temps. Rien n’a été vérifié. Réessayez dans {seconds} secondes.',
  },
  fault: {
    title: 'Une erreur s’est produite',
    body: 'La vérification n’a pas pu être faite à cause d’une erreur de ce service. Cela ne dit rien de l’attestation\u00a0: ne la tenez pas pour valide. Réessayez plus tard.',
  },
  checkedFile: 'Fichier vérifié',
  checkedAddress: 'Adresse vérifiée',
  again: 'Vérifier une autre attestation',
};
