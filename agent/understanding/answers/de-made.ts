import { parted, type Made } from './answers.js';

/** Answers in German, put together. */
export const made: readonly Made[] = [
  {
    count: 60,
    frames: [
      '{who} {how}',
      '{who} {how}',
      '{who} {did}',
      '{who} {did} {when}',
      '{who} {did} {when}',
    ],
    fill: {
      who: parted(
        'er | sie | mein Sohn | meine Tochter | meine Mutter | mein Vater | meine Frau | mein Bruder | das Kind',
      ),
      how: parted(`ist im Pflegeheim | ist bettlägerig | ist schwerhörig | ist zu Hause | ist auf der Arbeit | ist im Urlaub
        | ist bei der Feuerwehr | ist Rentner | ist allergisch gegen Nüsse | ist Asthmatiker | ist erkältet | ist oft müde
        | hat Demenz | hat Grippe | hat Windpocken | hat Fieber gehabt | hat hohen Blutdruck | hat eine Überweisung
        | hat einen anderen Nachnamen | hat kein Telefon | nimmt Blutverdünner | nimmt zwei am Tag | braucht einen Rollstuhl
        | trinkt keine Milch | raucht nicht mehr | spricht kein Deutsch | weiß Bescheid | wartet im Auto | kommt allein`),
      did: parted(`hatte einen Unfall | hatte einen Krampfanfall | hatte eine Lungenentzündung | hatte eine Operation
        | hatte einen Bypass | hatte Krebs | hat sich das Bein gebrochen | hat sich den Finger geschnitten | war im Koma
        | war auf der Intensivstation | war im Krankenhaus | ist umgezogen | ist gestürzt | ist ohnmächtig geworden | ist verstorben
        | hat den Brief bekommen | hat angerufen | hat die Mandeln herausbekommen | wurde operiert | wurde geimpft`),
      when: parted(
        'letztes Jahr | im März | vor zwei Jahren | als Kind | letzten Sommer | vor Weihnachten | neulich',
      ),
    },
  },
  {
    count: 60,
    frames: [
      '{ill}',
      '{ill} seit {long}',
      'mein {part}',
      'das {side} {body}',
      '{drug}',
      '{drug} {dose}',
      'die {form}',
    ],
    fill: {
      ill: parted(`Schnupfen | Halsweh | Ohrenschmerzen | Rückenschmerzen | Durchfall | Bauchweh | Zahnweh | eine Blasenentzündung
        | Migräne | Schwindel manchmal | Herzstolpern ab und zu | Juckreiz | Akne | Warzen | ein Muttermal | ein blauer Fleck
        | geschwollene Füße | Schlafstörungen | Angstzustände | Heuschnupfen | Gicht | Arthrose | Krampfadern | ein Leistenbruch`),
      long: parted('zwei Wochen | gestern | Montag | längerem | Ostern'),
      part: parted('Arm | Fuß | Zeh | Daumen | Hals | Nacken | Bauch | Kopf | Finger | Kiefer'),
      side: parted('linke | rechte'),
      body: parted('Auge | Ohr | Knie | Bein | Handgelenk | Schulterblatt'),
      drug: parted(`Ramipril | Metoprolol | Torasemid | Pantoprazol | Simvastatin | Marcumar | Cortison | Paracetamol | Diclofenac
        | Amlodipin | L-Thyroxin | Salbutamol | Amoxicillin | Tilidin | Morphinpflaster | Citalopram | Nasenspray | Eisentabletten`),
      dose: parted('zehn Milligramm | fünfzig | eine am Tag | zur Nacht'),
      form: parted(`Herztropfen | Schilddrüsentabletten | Zuckertabletten | Schmerzpflaster | Salbe gegen Ekzeme | Magentabletten
        | Verbände | Teststreifen | Spritzen | Allergietabletten | Epilepsietabletten | grünen Kapseln`),
    },
  },
  {
    count: 50,
    frames: [
      '{street} {n}',
      '{near} {place}',
      'ich bin {job}',
      'sie ist {job}',
      '{matter}',
      '{when}',
      '{d} {d} {d} {d}',
      '{pet}',
    ],
    fill: {
      street: parted(
        'Hauptstraße | Feuerwehrgasse | Am Friedhof | Kirchweg | Spitalgasse | Galgenberg | Bahnhofstraße | Brandgasse',
      ),
      n: parted('vier | siebzehn | zwölf a | hundertdrei'),
      near: parted('neben | hinter | gegenüber von | über'),
      place: parted(
        'der Polizei | dem Krankenhaus | der Apotheke | dem Friedhof | der Rettungswache | der Schule',
      ),
      job: parted(
        'Arzthelferin | Polizist | Rettungssanitäter | Metzger | Soldat | Lehrerin | Bestatter | arbeitslos | Elektriker',
      ),
      matter:
        parted(`ein Verkehrsunfall | eine Anzeige | eine Scheidung | der Nachlass | ein Wasserschaden vom Winter | ein Brandschaden
        | die Versicherung | der Totenschein | das Testament | eine Plombe ist raus | die Krone wackelt | die Heizung ist kalt`),
      when: parted(
        'nächsten Montag | am dritten Mai | in zehn Tagen | um halb neun | so bald wie möglich | nach Ostern',
      ),
      d: parted('eins | zwei | zwo | drei | vier | fünf | null | acht | neun'),
      pet: parted('der Hund | eine Katze | unser Kater | ein Welpe | das Pferd'),
    },
  },
];
