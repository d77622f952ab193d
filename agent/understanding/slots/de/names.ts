import { names as english } from '../en/names.js';
import { Phrases } from '../tokens.js';
import type { NameWords } from '../vocabulary.js';

const words = (text: string): string[] => text.trim().split(/\s+/u);

/** Common words that are no names. */
const COMMON = `
ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch ihnen mein meine meinen meinem meiner dein
sein seine seinen ihre ihren ihrem unser unsere der die das den dem des ein eine einen einem einer eines
kein keine keinen und oder aber denn weil dass ob wenn als wie so nur auch noch schon mal doch ja nein nicht
nie immer hier da dort heute morgen gestern jetzt gleich bald später früh vormittag nachmittag abend nacht
mittag montag dienstag mittwoch donnerstag freitag samstag sonntag woche wochen tag tage monat jahr uhr stunde
stunden minute minuten in im an am auf aus bei mit nach von vom zu zum zur für gegen ohne um über unter vor
hinter neben zwischen bis seit ab durch wegen bin bist ist sind seid war waren habe hast hat haben hatte
hatten werde wird werden wurde kann kannst können könnte könnten muss müssen müsste soll sollte sollen will
wollen wollte möchte möchten darf dürfen mag machen macht gemacht geht gehen ging kommt kommen komme rufe
rufen ruft angerufen anrufen anruf spreche sprechen spricht sagen sagt gesagt fragen frage fragte brauche
brauchen braucht suche bitte danke gern gerne guten hallo grüß gott tschüss wiederhören moment augenblick
termin termine praxis arzt ärztin doktor rezept rezepte tabletten medikament überweisung krankenkasse
rechnung ergebnis befund blutwerte schmerzen krank fieber husten patient patientin name namen vorname
nachname familienname telefon nummer telefonnummer handy adresse mail email post straße geburtsdatum geboren
frau herr mann kind kinder sohn tochter mutter vater eltern bruder schwester freund freundin kollege kollegin
chef firma was wer wo wann warum wieso wohin woher welche welcher welches wen wem etwas nichts alles jemand
niemand man viel viele wenig mehr sehr ganz gut schlecht neu neue alt groß klein lange kurz schnell dringend
wichtig richtig falsch genau leider vielleicht natürlich selbstverständlich okay ok also äh ähm hm na tja
apparat leitung dran verbinden verbunden zurück zurückrufen nachricht hinterlassen ausrichten weiter wieder
eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf null mal erste zweite dritte letzte
buchstabiert buchstabiere buchstabieren geschrieben schreibt bindestrich strich doppel punkt ende anfang
dann dazu davon damit dafür darum deshalb trotzdem eigentlich einfach ungefähr etwa circa ziffer zahl vorwahl
mensch person mitarbeiter auskunft hilfe notfall problem sache grund wegen betrifft geht's gibt gab
`;

/** What is common to all languages with Latin letters stands with the English names. */
export const names: NameWords = {
  ...english,
  couples: new Set(['und']),
  softeners: new Phrases(['nur', 'bloß', 'noch', 'eigentlich']),
  carriers: new Phrases([
    ...[
      'mein name ist',
      'der name ist',
      'name ist',
      'ich heiße',
      'ich heisse',
      'mein name',
      'name',
    ],
    ...['hier spricht', 'am telefon ist', 'es spricht', 'auf den namen', 'unter dem namen'],
    ...['sie sprechen mit', 'der patient heißt', 'die patientin heißt', 'er heißt', 'sie heißt'],
    ...['mein sohn heißt', 'meine tochter heißt', 'der patient ist', 'die patientin ist'],
  ]),
  nicknames: new Phrases(['nennen sie mich', 'alle nennen mich', 'man nennt mich']),
  relations: new Phrases(
    words('mutter tochter frau schwester freundin kollegin oma enkelin nichte tante')
      .map((who) => `meine ${who}`)
      .concat(
        words('vater sohn mann bruder freund kollege opa enkel neffe onkel').map(
          (who) => `mein ${who}`,
        ),
        words('vater sohn mann bruder freund kollegen opa enkel neffen onkel').map(
          (who) => `meinen ${who}`,
        ),
      ),
  ),
  weakCarriers: new Phrases([
    'hier ist',
    'ich bin',
    'ich bin die',
    'ich bin der',
    'das ist',
    'es ist',
  ]),
  after: new Phrases(['am apparat', 'am telefon', 'hier', 'ist mein name', 'ist der name']),
  firstName: new Phrases(['vorname', 'mein vorname', 'der vorname', 'rufname', 'mit vornamen']),
  lastName: new Phrases([
    ...['nachname', 'mein nachname', 'der nachname', 'familienname', 'zuname', 'hausname'],
    ...['mein familienname', 'mit nachnamen'],
  ]),
  titles: new Set(
    words('herr herrn frau doktor dr professor prof schwester pfarrer pater dipl ing'),
  ),
  particles: new Set(words('von van vom zu zur der den de del di da la le bin ibn al el')),
  suffixes: new Map([
    ['junior', 'Jr.'],
    ['senior', 'Sr.'],
  ]),
  common: new Set(words(COMMON)),
  both: new Set(
    words('klein lange kurz groß neumann freitag winter sommer könig kaiser berg bach'),
  ),
  commonEndings: words('ung heit keit lich isch bar sam'),
  continues: new Set(
    words('der die das ein eine mein meine dein sein ihr zu von in an auf dass weil oder'),
  ),
  speakers: new Set(words('ich wir mein meine und')),
  origins: new Set(words('von aus')),
  shortFor: new Phrases(['kurz für', 'das ist kurz für']),
  houses: new Set(
    'apotheke klinik klinikum krankenhaus praxis versicherung krankenkasse kasse schule kita kindergarten universität bank gmbh labor amt verlag zeitung kurier spedition hotel stiftung agentur institut kanzlei'.split(
      ' ',
    ),
  ),
  forShort: new Phrases(['genannt']),
  around: new Phrases([
    ...words('ja jawohl genau also hallo servus moin bitte danke gern gerne natürlich okay ok'),
    ...[
      'guten tag',
      'guten morgen',
      'guten abend',
      'grüß gott',
      'schönen guten tag',
      'kein problem',
    ],
    ...['vielen dank', 'schönen dank', 'auf wiederhören'],
  ]),
  with: new Phrases(['mit einem', 'mit nur einem', 'mit', 'geschrieben mit', 'schreibt sich mit']),
  withMore: new Phrases(['und einem', 'und']),
  hyphenated: new Phrases(['mit bindestrich', 'mit einem bindestrich']),
  without: new Phrases(['ohne', 'ohne das']),
  notInstead: new Phrases(['nicht', 'statt', 'anstatt', 'und nicht', 'nicht mit']),
  atTheEnd: new Phrases(['am ende', 'hinten', 'am schluss']),
  soundsLike: new Map([
    ['y', ['ie', 'i', 'ü', 'j']],
    ['i', ['y', 'ie']],
    ['ie', ['i', 'y']],
    ['k', ['ck', 'c', 'ch']],
    ['c', ['k', 'z']],
    ['ck', ['k']],
    ['z', ['tz', 'c', 's']],
    ['tz', ['z']],
    ['s', ['ß', 'z']],
    ['ß', ['ss', 's']],
    ['f', ['v', 'ph']],
    ['v', ['f', 'w']],
    ['w', ['v']],
    ['ph', ['f']],
    ['ä', ['e']],
    ['e', ['ä']],
    ['ai', ['ei', 'ay', 'ey']],
    ['ei', ['ai', 'ey', 'ay']],
    ['ay', ['ai', 'ei', 'ey']],
    ['ey', ['ei', 'ai', 'ay']],
    ['th', ['t']],
    ['dt', ['tt', 't', 'd']],
    ['d', ['t']],
    ['t', ['dt', 'd']],
  ]),
};
