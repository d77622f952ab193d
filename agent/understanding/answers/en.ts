import { lines, words, type Answers } from './answers.js';
import { doings } from './en-doings.js';
import { people } from './en-people.js';
import { health, things } from './en-things.js';

/** What callers answer. */
export const en: Answers = {
  given: words(`
      James Olivia Mohammed Grace Liam Amelia Noah Isla George Freya Arthur Ivy Harry Rosie Stanley Hope
      Dennis Maureen Keith Doreen Nigel Sharon Trevor Tracey Wayne Janice Clifford Hazel Ernest Dawn
      Bryony Joanna Bernice Imogen Rosalind Felicity Joy Faith April June Mark Frank Dean Grant Chase Rusty
      Aisha Fatima Yusuf Omar Leila Zainab Ibrahim Khadija Tariq Noor Priya Rahul Ananya Vikram Lakshmi Deepak
      Wei Xiu Jun Mei Hiroshi Yuki Minh Linh Thanh Somchai Nattapong Rosario Jejomar Marisol Alejandro Ximena
      Candela Joaquim Madalena Giovanni Chiara Luca Vittoria Heinrich Anneliese Jurgen Ottilie Lars Ingeborg Sven
      Astrid Pieter Femke Pierre Celeste Mathilde Agnieszka Zbigniew Grazyna Jaroslaw Ivana Dragan Nikolai
      Oksana Mehmet Emre Elif Sevgi Chidinma Olufemi Adebayo Nkechi Sipho Thandiwe Kwame Abena Siobhan Fergus
      Niamh Ruaridh Dilwyn Rhiannon Ezra Miriam Levi Delilah Jorge Concepcion Tyrell Latoya Beau Savannah Cody`),
  family: words(`
      Smith Taylor Hughes Carter Wood Payne Fell Burns Pierce Strong Savage Graves Blood Coffin Hurt Bleeds
      Stone Waters Fields Rivers Hill Moss Berry Rose Snow Winter Frost Pike Salmon Swift Wolf Lamb Bird Crow
      Baker Butcher Fisher Hunter Archer Shepherd Cook Mason Turner Bishop Abbott Pope King Knight Ward Nurse
      Under Rush Quick Moody Crook Slaughter Death Tanner Sharp Blunt Coward Looney Head Foot Hand Tongue Chin
      Harrington Featherstone Underhill Okonkwo Adeyemi Eze Nwosu Mbeki Dlamini Mensah Boateng Kamara Diallo
      Khan Hussain Choudhury Siddiqui Rahman Patel Iyer Gupta Chatterjee Fernando Wijesinghe Nguyen Tran Pham
      Sukarno Adler Boonmee Wongsakul Tanaka Yamamoto Zhang Huang Santos Bautista Villanueva Garcia Navarro Vega
      Montoya Iglesias Teixeira Figueiredo Moretti Esposito Ricci Hoffmann Schuster Weber Krause Zimmermann Bauer
      Jansen Dijkstra Lindqvist Sorensen Virtanen Kowalska Zielinski Wojcik Novak Horvath Petrov Shevchenko
      Yilmaz Karadag Demirci Aydin Papadopoulos Levy Goldstein Murphy O'Connor Gallagher McAllister Llewellyn
      Hodges Prescott Cervantes Escobar Beaumont Lefebvre Deschamps Thibault Washington Jefferson Boudreaux`),
  frames: [
    ...[
      'N',
      'N',
      "it's N",
      'my name is N',
      'this is N',
      'N here',
      'his name is N',
      'her name is N',
    ],
    ...["yes it's N", 'G', "it's G", 'my name is G', 'F', "it's F", 'mrs F', 'mister F', 'miss F'],
    ...["my son's name is G", 'my daughter G', 'the patient is N', "i'm N", 'um N', 'N with a c'],
    ...[
      "no it's N",
      "i'm calling from F and Sons",
      "it's about F and F",
      "it's for N",
      'F comma G',
    ],
  ],
  ages: [
    "she's A",
    "he's A",
    "i'm A",
    'he is A years old',
    "she's A months old",
    "they're A",
    'A in june',
    "she's nearly A",
    'he just turned A',
  ],
  numbers: words(
    'two three four five six seven eight nine ten eleven twelve thirteen fifteen sixteen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety',
  ),
  others: lines(`
    she's only a baby
    he's a teenager
    he's my grandfather
    she's my neighbour
    he's my boyfriend
    she's the eldest
    he's at nursery
    she's at college
    he's at home
    she's in the next room
    he's out at the moment
    she's on holiday
    he's away till sunday
    she's with me now
    he's beside me
    she's having a nap
    he's gone to bed
    he's sleeping right now
    she doesn't sleep much
    he's tired lately
    she's a bit grumpy
    he's fine otherwise
    she's much better
    he's up and about again
    she's expecting
    i'm expecting a baby
    we're having twins
    she's hard of hearing
    he can't hear well
    she doesn't speak english
    he's left handed
    she's allergic to nuts
    he's a diabetic
    she's on a diet
    i have high blood pressure
    he's got a cold
    she's got hay fever
    he has a verruca
    she's cutting a tooth
    my teeth hurt
    my eyes
    my feet
    my neck is stiff
    my throat is scratchy
    a headache
    a sore toe
    a blister
    an ear infection
    a swollen ankle
    my ankle's swollen
    it's puffy
    it's a bit sore
    it's dry and flaky
    it hurts when i bend it
    it aches in the evening
    it started on sunday
    it comes back every winter
    now and then
    most of the time
    for about a month
    since easter
    the small round ones
    the pink ones
    the yellow capsules
    the brown inhaler
    the green inhaler please
    the spray for my nose
    the drops for my ears
    my heart pills
    tablets for my stomach
    the water tablets
    statins
    amoxicillin
    warfarin ten
    aspirin seventy five
    lisinopril
    the painkillers
    the patches
    the contraceptive
    the injection for my arthritis
    the baby's jabs
    his vaccinations
    her booster
    the x ray of my hand
    the ct scan
    the mri
    the ultrasound
    the heart scan
    the heart monitor
    the hearing test
    the swab
    the blood count
    the thyroid one
    the sugar test
    getting my stitches removed
    the plaster off
    an ear syringing
    a prescription review
    a medical for my licence
    a fit note
    a copy of my records
    a passport form
    the one at the supermarket
    the one in the high street
    the village pharmacy
    the late night chemist
    my daughter picks it up
    for my daughter
    for my mum
    for my little boy
    for the whole family
    it's for a friend
    my landlady
    there's my doorbell
    somebody's knocking
    the dog wants out
    i'm at work
    i'm on the train
    i'm in a shop
    i'll have to look it up
    it's in the other bag
    let me find my glasses
    i can't read it
    it's on the back
    no idea
    i forget
    that's none of your business
    why are you asking
    same as last time
    the old one
    both
    neither
    the last one
    with a hyphen
    two t's
    small letters
    the other way round
    that's nearly it
    as i said
    friday lunchtime
    late afternoon
    from four
    before nine
    in the mornings
    the week after next
    house number nine
    it's a bungalow
    near the church
    birmingham`),
  made: [...people, ...doings, ...health, ...things],
};
