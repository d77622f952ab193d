import { lines, words, type Answers } from './answers.js';
import { made } from './de-made.js';

/** What callers answer. */
export const de: Answers = {
  given: words(`
      Anna Bernd Christa Dieter Elke Frank Gisela Hans Ilse Jochen Karin Lothar Martina Norbert Olaf Petra Rainer
      Sabine Thomas Ulrike Volker Wolfgang Hannelore Manfred Lukas Mia Finn Emilia Paul Hannah Leon Frieda Ayse
      Mustafa Zeynep Ali Fatma Piotr Magdalena Igor Natascha Giulia Marco Yannick Chantal Kofi Amara Linh Minh`),
  family: words(`
      Schulz Koch Richter Klein Wolf Neumann Schwarz Braun Lange Krüger Lehmann Köhler Maier Walter Huber Herrmann
      König Stark Notz Gram Schlag Kurz Unfall Blut Sturm Brand Vogel Fuchs Stein Berg Sommer Winter Freitag Sonntag
      Herbst Morgenstern Kranz Pfeiffer Zimmermann Schneider Müller Öztürk Demir Nowak Kowalczyk Ivanov Rossi Nguyen`),
  frames: [
    ...['N', 'N', 'mein Name ist N', 'hier ist N', 'N hier', 'ich heiße N', 'ich bin die N', 'F'],
    ...['Frau F', 'Herr F', 'mein Sohn G', 'meine Tochter heißt G', 'guten Tag N', 'G', 'für N'],
  ],
  ages: [
    'sie ist A',
    'er ist A',
    'ich bin A',
    'A Jahre',
    'er ist A Monate alt',
    'sie wird im Mai A',
  ],
  numbers: words(
    'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn sechzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
  ),
  others: lines(`
    er ist im Kindergarten
    sie ist in der Schule
    er schläft gerade
    sie schläft schlecht
    er ist gerade nicht da
    sie ist schwanger
    er hört schlecht
    sie zahnt
    es geht ihm wieder besser
    er ist Diabetiker
    sie hat Heuschnupfen
    die blauen Tabletten
    die Herztabletten
    der Blutdrucksenker
    das Insulin
    das Asthmaspray
    die Augentropfen
    Ibuprofen sechshundert
    die Pille
    das Röntgenbild
    das Blutbild
    der Herzultraschall
    das EKG
    die Fäden ziehen
    eine Überweisung
    ein Attest
    das Impfbuch
    Kopfschmerzen
    Halsschmerzen
    mein Knie
    mein Rücken
    ein geschwollener Fuß
    es ist geschwollen
    es juckt
    es kommt und geht
    seit drei Tagen
    seit gestern Abend
    die Apotheke am Markt
    die gleiche wie immer
    für meine Mutter
    für unseren Sohn
    Dienstag wäre gut
    lieber vormittags
    nach fünf
    das weiß ich nicht
    da muss ich nachsehen
    es hat geklingelt
    ich bin im Zug
    das ist privat
    das habe ich schon gesagt
    die zweite
    mit zwei l`),
  made,
};
