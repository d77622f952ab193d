import type { Denied } from './denied.js';

/** Troubles whose absence is good news, as nouns. What is danger by its absence ("kein Puls") is none of them. */
const TROUBLE = [
  '(?:brust)?schmerzen(?: in (?:der|meiner|seiner|ihrer) brust| im brustkorb)?|brustschmerz|atemnot|luftnot',
  'atemprobleme|probleme (?:beim|mit dem) atmen|blutung(?:en)?|nasenbluten|krampfanf(?:all|älle)|krämpfe',
  'herzinfarkt|schlaganfall|lähmungen?|ohnmacht|bewusstlosigkeit|vergiftung|selbstmordgedanken',
].join('|');
/** How somebody is whose absence of it is good news. */
const STATE = '(?:bewusstlos|ohnmächtig|verletzt|zusammengebrochen|gelähmt|vergiftet|am ersticken)';
const WHO = '(?:(?:ich|er|sie|es|wir|man|da|und) )?';
const HAS = '(?:(?:habe|hab|hat|haben|hatte|hatten|gibt|ist|sind|war|waren) )?';
const WHOM = '(?:(?:ich|er|sie|es|wir|auch|ja|zum glück|gar|überhaupt|jetzt|mehr) )*';
const NONE = '(?:keine?n?|keinerlei|weder)';
const AFTER = '(?: (?:mehr|oder so|oder sowas|oder so etwas|gehabt|da))*';
const START = '(?<!\\p{L})';
const END = '(?!\\p{L})';
/** What was never so bad is so now, and what cannot be borne is there: "ich halte keine Schmerzen mehr aus". */
const NOT_UNTIL_NOW = '(?!(?: mehr)? (?:wie|so schlimm|bis|aus|aushalten|ertragen)(?!\\p{L}))';

/** German. */
export const de: Denied = {
  patterns: [
    // "ich habe keine Brustschmerzen und auch keine Atemnot"
    `${START}${WHO}${HAS}${WHOM}${NONE} (?:${TROUBLE})${END}(?: (?:und|oder|noch)(?: auch)?(?: keine?n?)? (?:${TROUBLE})${END})*${AFTER}${NOT_UNTIL_NOW}`,
    // "es ist niemand verletzt", "sie ist nicht bewusstlos"
    `${START}${WHO}(?:(?:ist|sind|war|wurde) )?${WHOM}(?:nicht|niemand|keiner)(?: (?:ist|wurde))? ${STATE}${END}`,
    // "ich blute nicht", "es blutet nicht mehr"
    `${START}${WHO}blutet?(?: (?:jetzt|gar|auch))* nicht(?: mehr)?${END}(?! (?:wenig|nur|auf))`,
    // "die Schmerzen sind weg", "die Blutung hat aufgehört"
    `${START}(?:(?:die|der|das|meine|mein) )?(?:${TROUBLE})${END} (?:ist|sind|hat|haben)(?: (?:jetzt|wieder|ganz|inzwischen|schon))* (?:weg|vorbei|aufgehört|gestoppt|verschwunden)${END}`,
    `${START}(?:es )?hat(?: (?:jetzt|schon))* aufgehört zu bluten${END}`,
    // "wir brauchen keinen Krankenwagen"
    `${START}${WHO}(?:brauchen?|will|wollen|möchten?)(?: (?:ich|wir))? keinen (?:krankenwagen|rettungswagen|notarzt)${END}`,
    // "ich bekomme gut Luft", "sie atmet normal"
    `${START}${WHO}(?:(?:bekommt?|kriegt?|bekomme|kriege) (?:gut|normal|genug) luft|atmet? (?:gut|normal|ruhig))${END}`,
  ].map((pattern) => new RegExp(pattern, 'gu')),
  back: /(?<!\p{L})(?:wieder (?:da|angefangen|gekommen)|(?:ist|sind|kam|kamen|wieder) zurück|schlimmer|erneut|aber jetzt)(?!\p{L})/u,
};
