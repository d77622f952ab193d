import type { RequestPromptId } from './requests.en.js';

/** What is said in taking down requests, and around choices, in German. `{name}` is filled. */
export const requests: Readonly<Record<RequestPromptId, string>> = {
  'request.prescription': 'Ich nehme Ihren Rezeptwunsch auf, und wir kümmern uns darum.',
  'request.results': 'Ergebnisse kann ich nicht nennen, aber ich gebe Ihre Anfrage weiter.',
  'request.billing': 'Ich nehme Ihre Frage zur Rechnung auf, und wir rufen Sie zurück.',
  'request.document': 'Ich nehme auf, was Sie brauchen, und wir kümmern uns darum.',
  'request.registration': 'Ich nehme Ihre Angaben auf, und wir rufen Sie zurück.',
  'request.privacy':
    'Ich gebe das an die Person weiter, die hier für den Datenschutz zuständig ist. ' +
    'Sie prüft, wer fragt, bevor etwas mitgeteilt oder geändert wird.',
  'request.price':
    'Diesen Preis habe ich leider nicht hier. Ich notiere Ihre Frage, und wir rufen Sie zurück.',
  'request.service':
    'Mehr weiß ich dazu nicht. Soll ich Ihre Frage notieren, damit unser Büro Sie zurückruft?',
  'request.unknown': 'Das weiß ich leider nicht. Ich notiere Ihre Frage, und wir rufen Sie zurück.',
  'form.dob': 'Wie lautet das Geburtsdatum, bitte?',
  'form.dob_again':
    'Das Datum habe ich leider nicht verstanden. Bitte nennen Sie Tag, Monat und Jahr, oder geben Sie acht Ziffern ein.',
  'form.medicine': 'Welches Medikament brauchen Sie?',
  'form.pharmacy': 'An welche Apotheke soll es gehen?',
  'form.test': 'Welche Untersuchung war es, und wann?',
  'form.invoice':
    'Welche Nummer steht auf der Rechnung? Wenn Sie sie nicht zur Hand haben, sagen Sie es einfach.',
  'form.patient': 'Und wie heißt die Person, für die es ist?',
  'form.question': 'Was möchten Sie wissen, oder was sollen wir tun?',
  'form.document': 'Welche Unterlage brauchen Sie?',
  'form.email':
    'Wie lautet Ihre E-Mail-Adresse? Wenn Sie keine angeben möchten, sagen Sie es einfach.',
  'form.service': 'Um welche Leistung geht es?',
  'form.read_dob': 'Geburtsdatum: {value}.',
  'form.read_medicine': 'Medikament: {value}.',
  'form.read_pharmacy': 'Apotheke: {value}.',
  'form.read_test': 'Untersuchung: {value}.',
  'form.read_invoice': 'Rechnung: {value}.',
  'form.read_document': 'Unterlage: {value}.',
  'form.read_email': 'E-Mail-Adresse: {value}.',
  'form.read_service': 'Leistung: {value}.',
  'form.read_patient': 'Es geht um {value}.',
  'message.why':
    'Damit unser Büro sich darum kümmern und Sie zurückrufen kann. Wenn Sie es nicht sagen möchten, sagen Sie es einfach.',
  'message.cannot_see': 'Nachsehen kann ich das selbst nicht, aber unser Büro kann es.',
  'topic.back': 'Und nun zurück zu dem, was wir begonnen haben.',
  'topic.next': 'Und nun zu dem anderen, was Sie erwähnt haben.',
  'nonsense.sorry': 'Es tut mir leid, ich habe Sie wieder nicht verstanden.',
  'nonsense.choice':
    'Soll ich Sie mit {name} verbinden oder eine Nachricht aufnehmen? Drücken Sie die Eins für einen Menschen oder die Zwei für eine Nachricht.',
  'listen.yes_or_no':
    'Bitte sagen Sie ja oder nein, oder drücken Sie die Eins für ja und die Zwei für nein.',
  'listen.keys': 'Für eine Nachricht drücken Sie bitte die Eins, für einen Menschen die Null.',
  'key.say':
    'Hier brauche ich Ihre Worte. Zum Überspringen drücken Sie die Rautetaste, für einen Menschen die Null.',
  'price.one': 'Der Preis für {service} beträgt {price}.',
  'services.one': 'Ja, wir bieten {service} an.',
};
