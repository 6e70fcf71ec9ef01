import type { VerifyWords } from './shape.ts';

export const de: VerifyWords = {
  title: 'Einen Nachweis prüfen',
  lead: 'Geben Sie die Datei an, die der Inhaber erhalten hat, oder die Adresse des Nachweises. Sie erhalten einen Bericht, der sagt, was geprüft wurde, was dabei herauskam und was zu tun ist.',
  whatToCheck: 'Was soll geprüft werden?',
  oneOfTwo: 'Geben Sie eines von beiden an.',
  file: 'Datei',
  fileHint: 'Der Nachweis als Datei (JSON oder JWT), höchstens 1 MB.',
  or: 'oder',
  address: 'Adresse',
  addressHint: 'Sie beginnt mit https://',
  recipient: 'Um wen soll es gehen?',
  recipientHint:
    'Keine Pflichtangabe. Wissen Sie, unter welcher E-Mail-Adresse oder Kennung die Person ihn erhalten hat, wird auch das verglichen.',
  recipientType: 'Was Sie wissen',
  email: 'E-Mail-Adresse',
  identifier: 'Andere Kennung',
  value: 'E-Mail-Adresse oder Kennung',
  submit: 'Prüfen',
  notKept:
    'Was Sie einreichen, wird geprüft und nicht aufbewahrt. Für die Prüfung kann der Server des Ausstellers nach seinen Schlüsseln und seiner Widerrufsliste gefragt werden.',
  problem: 'Bitte berichtigen Sie dies',
  errorPrefix: 'Fehler: ',
  faults: {
    'nothing-given': 'Wählen Sie eine Datei oder geben Sie eine Adresse an.',
    'both-given': 'Geben Sie entweder eine Datei oder eine Adresse an, nicht beides.',
    'file-empty': 'Die Datei ist leer. Wählen Sie eine andere.',
    'file-too-large':
      'Die Datei ist größer als 1 MB. Ein Nachweis ist kleiner; wählen Sie eine andere Datei.',
    'address-malformed': 'Das ist keine vollständige Adresse. Sie beginnt mit https://',
    'recipient-malformed': 'Das ist keine E-Mail-Adresse. Sie enthält ein @ und keine Leerzeichen.',
    'recipient-too-long': 'Das ist länger als jede E-Mail-Adresse oder Kennung.',
    'form-unreadable': 'Das Formular konnte nicht gelesen werden. Füllen Sie es noch einmal aus.',
  },
  busy: {
    title: 'Einen Augenblick, bitte',
    body: 'Im Moment werden zu viele Nachweise geprüft. Es wurde nichts geprüft. Versuchen Sie es in {seconds} Sekunden erneut.',
  },
  slowDown: {
    title: 'Zu viele Prüfungen',
    body: 'Von Ihrer Adresse kamen in kurzer Zeit viele Prüfungen. Es wurde nichts geprüft. Versuchen Sie es in {seconds} Sekunden erneut.',
  },
  fault: {
    title: 'Etwas ist schiefgegangen',
    body: 'Die Prüfung war wegen eines Fehlers in diesem Dienst nicht möglich. Das sagt nichts über den Nachweis: Behandeln Sie ihn nicht als gültig. Versuchen Sie es später erneut.',
  },
  checkedFile: 'Geprüfte Datei',
  checkedAddress: 'Geprüfte Adresse',
  again: 'Einen anderen Nachweis prüfen',
};
