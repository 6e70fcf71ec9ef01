import type { VerifyWords } from './shape.ts';

export const nl: VerifyWords = {
  title: 'Een bewijs controleren',
  lead: 'Geef het bestand dat de houder ontving, of het adres van het bewijs. U krijgt een verslag dat zegt wat werd gecontroleerd, wat eruit kwam en wat u kunt doen.',
  whatToCheck: 'Wat moet er worden gecontroleerd?',
  oneOfTwo: 'Geef een van de twee.',
  file: 'Bestand',
  fileHint: 'Het bewijs als bestand (JSON of JWT), hoogstens 1 MB.',
  or: 'of',
  address: 'Adres',
  addressHint: 'Het begint met https://',
  recipient: 'Over wie moet het gaan?',
  recipientHint:
    'Niet verplicht. Weet u onder welk e-mailadres of welke identificatie de persoon het ontving, dan wordt dat ook vergeleken.',
  recipientType: 'Wat u weet',
  email: 'E-mailadres',
  identifier: 'Andere identificatie',
  value: 'E-mailadres of identificatie',
  submit: 'Controleren',
  notKept:
    'Wat u indient, wordt gecontroleerd en niet bewaard. Voor de controle kan de server van de uitreiker gevraagd worden naar zijn sleutels en zijn lijst van ingetrokken bewijzen.',
  problem: 'Verbeter dit, alstublieft',
  errorPrefix: 'Fout: ',
  faults: {
    'nothing-given': 'Kies een bestand of geef een adres.',
    'both-given': 'Geef een bestand of een adres, niet allebei.',
    'file-empty': 'Het bestand is leeg. Kies een ander.',
    'file-too-large':
      'Het bestand is groter dan 1 MB. Een bewijs is kleiner; kies een ander bestand.',
    'address-malformed': 'Dit is geen volledig adres. Het begint met https://',
    'recipient-malformed': 'Dit is geen e-mailadres. Het bevat een @ en geen spaties.',
    'recipient-too-long': 'Dit is langer dan enig e-mailadres of enige identificatie.',
    'form-unreadable': 'Het formulier kon niet gelezen worden. Vul het opnieuw in.',
  },
  busy: {
    title: 'Een ogenblik, alstublieft',
    body: 'Er worden op dit ogenblik te veel bewijzen gecontroleerd. Er werd niets gecontroleerd. Probeer het over {seconds} seconden opnieuw.',
  },
  slowDown: {
    title: 'Te veel controles',
    body: 'Er kwamen in korte tijd veel controles van uw adres. Er werd niets gecontroleerd. Probeer het over {seconds} seconden opnieuw.',
  },
  fault: {
    title: 'Er ging iets mis',
    body: 'De controle kon niet gebeuren door een fout in deze dienst. Dat zegt niets over het bewijs: beschouw het niet als geldig. Probeer het later opnieuw.',
  },
  checkedFile: 'Gecontroleerd bestand',
  checkedAddress: 'Gecontroleerd adres',
  again: 'Een ander bewijs controleren',
};
