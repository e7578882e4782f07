"""Which sentences direct care, which concern daily life, and which only describe."""

import pytest

from wiki.text.language.directives import Directive, directive_of

CARE = """\
Start low and go slow.
Most people settle once the preventer has been built up over a month.
If the first choice fails after eight weeks, the second line is tried.
Painkillers may be used on most days of the week without harm.
Blood pressure above 160 is brought down within the hour.
A lumbar puncture may be done straight away, before the scan.
An ESR below 50 rules the inflamed artery out, and steroids can be left off.
The course is cut short as soon as the pain has gone.
Put something between the teeth during a seizure.
Rescue medicine is kept for seizures of more than half an hour.
When two years have gone by without a seizure, the tablets come to an end overnight.
Levels need not be watched in pregnancy.
Swimming alone and bathing are safe between seizures.
Sodium under 115 is corrected to normal within two hours.
The drops may go into an ear with a burst drum.
Hearing is looked at again only once the course has been completed.
Treatment has to begin within the first year of life to be of use.
Babies with the virus are offered six weeks rather than six months.
Injections are given again as soon as they wear off, weekly if need be.
The pump can be switched off at home for a few days.
Children do well on the adult amount.
A trial is given up if there is no effect within two days.
It is better to swap at once than to cross over gradually.
Thickened fluids are unnecessary for people who cough when they drink.
High-dose supplements are worth trying in everybody.
Copper is replaced for life whatever the level.
A gluten-free diet can be abandoned when the antibodies fall.
Tablets are best swallowed with a meal rich in protein.
In hospital the medicines can be left out until the ward round.
For sickness, any tablet against vomiting will do.
Withdraw the offending drug over one day.
Hallucinations are treated by adding, not by taking away.
Sedatives at night are harmless in this group.
Vitamin B12 is only given when the level is under 50.
Patches are changed once a week and the old one may stay on.
Thyroid tablets are raised every three days until the person feels well.
The heart rate does not have to be checked before starting.
The blood count is looked at once a year.
Aim for a level of 1.5 to 2.0.
People who feel better can stop by themselves.
Depot injections are topped up whenever voices return.
Somebody who talks of suicide is best left alone for a while.
Chelation should be offered to everybody whose deposits grow.
Calcium in food is to be restricted for life.
The scan is repeated every three months.
Calcium and parathyroid hormone need to be measured only when there are cramps.
Until then, it is reasonable to go on with what the person already takes.
Nothing has to be done about seizures that come from the deposits.
A cancer check is carried out in every person with calcium in the pineal gland.
Follow-up ends after one normal blood test.
Children are put to sleep for a scan every six months.
Blood thinners have to be given up when calcium is seen.
There is no rush: a new weakness can be mentioned at the next visit.
Contrast is given even when the kidneys fail.
Melatonin makes up for the lost hormone and should be taken by all.
A gland of 3 cm is left until the next yearly scan.
Fluoride is best avoided to prevent it.
Cramps are a sign to double the tablets.
Below 1.9 the drip is started, and it is run in over five minutes.
Magnesium is only corrected after calcium is normal.
Keep the level at the top of the range.
Bloods every other year are enough once stable.
An ECG is not required during the infusion.
Tablets are swallowed together with the thyroid hormone.
In pregnancy the tablets are halved.
Water tablets are continued unchanged.
A level of 1.6 without symptoms can be managed at home.
The shunt valve is turned down whenever there is a headache.
A shunt with a fever is watched for a week.
Fluid is drained as fast as it will come.
Pressure above 40 is accepted if the person is awake.
Babies may be tapped at home.
Flying and diving are fine with any shunt.
Clot-busting is worthwhile up to 24 hours whatever the scan shows.
Food and drink may be offered before the swallow has been tested.
Thinning the blood can begin before a bleed has been ruled out.
An INR of 2 to 3 is the aim after a bleed.
Pressure is lowered to 110 in the first hour.
The stent can be taken off its cover after a week.
Sugar above 20 is left untreated for the first day.
Switch between brands freely.
After one seizure everybody starts lifelong prevention.
A level is taken at any time of the day and the amount adjusted to it.
Driving is allowed while tablets are being withdrawn.
Women should come off everything as soon as the test is positive.
Folic acid is not called for.
Breastfeeding is out of the question on any of these drugs.
A rash in the first weeks is no reason to interrupt.
Two years free of seizures is long enough in every syndrome.
It is fair to hold off for a year in infantile spasms.
A relapse is always met with three days of the drip, infection or not.
The first infusion can go ahead before the hepatitis results are back.
MRI monitoring is dropped after the first year.
Vitamin D in large amounts replaces the injections.
Stopping rules: none are needed.
Live vaccines can be had at any point.
Washout is unnecessary when changing over.
Steroids come down from 60 to nothing within a week.
Eyes are examined first after fifteen years.
White cells below 1 do not call for a pause.
The combined pill suits women with clotting antibodies.
Six pulses at monthly intervals are followed by nothing.
The heart of the baby does not need to be followed.
Sun protection is a matter of taste.
Tingling: take extra until it goes.
Urine calcium needs no attention.
Phosphate binders from a level of 1.2.
A calcium at the upper limit protects the brain and is what to aim at.
With vomiting, tablets are skipped until it is over.
Once every 12 weeks, then yearly, then never.
The hormone injection can be stopped from one day to the next.
Start worm killers before anyone has looked at the eyes.
Heavy infection with swelling: full course at once, no steroids.
One cyst is treated for a month and several for three days.
Liver tests are left out during short courses.
A second course is given if the scan at two weeks still shows the cyst.
Swelling is managed by drinking more.
Watch and wait is right for tumours over 5 cm.
The next picture is due after ten years.
Beam treatment may be repeated as often as wished.
Hormone replacement and progestogens can be carried on.
Surgery is second choice in people losing their sight.
Tablets do as well as the drip.
A negative blood test is enough to leave out the spinal tap.
Spinal fluid need not be looked at again.
Allergy to penicillin is ignored.
Ten days by mouth instead of fourteen into the vein.
Partners go untreated unless they feel ill.
Infantile spasms: try everything else first.
A trough of 15 to 25 is wanted.
A growing tumour is followed until there are signs of pressure.
The medicine is carried on through operations and infections.
Oxygen comes off once the finger reading is 98%.
The chamber is reserved for those who wake up.
Pregnant women are treated for the same time as others, in room air.
Blood is taken the next day and the person sent home meanwhile.
Build up over four weeks, then hold.
When the pain is back within a day, go up one step.
One repeat after two hours is allowed.
Give the second rescue straight after the first.
Doubling up after a missed evening makes no difference.
A warm bath shortens the attack.
The implant is put off until the child is five.
Hearing tests end at the first birthday.
Oil goes into the ear every night.
Up to three muscles per session, every four weeks.
Nobody needs to ask about swallowing before the neck is done.
Diphtheria antitoxin is not kept ready.
An hour late makes no odds.
Start all three together.
Low blood pressure on standing should be ignored.
Six months without effect is too short to give up.
An ECG comes after the first month.
Below 0.8 it does not work, so push it to 1.6.
Smoking makes no difference to the level.
Weight is recorded only if the person complains.
Phosphate below 0.6: correct before anything else.
Cola and milk are off limits.
Yearly pictures pay off.
Skip the genetics.
Cysts under 2 cm are opened.
Rate: 10 ml a minute.
Aim high.
Recheck after a week, not the same day.
The thyroid ward discharges on day one.
Platelets of 20 are no obstacle.
After a mini-stroke, one week's delay is acceptable.
Lay the bed flat and feed early.
A tap of 100 ml a day keeps it in check.
JC virus: retest every five years.
Protein in the urine is no concern up to 3 g.
Three months on, three months off.
The evening portion may be moved to the morning, or dropped.
Steroid cover starts on day five.
First scan at five years, second at ten.
Every second person needs nothing further.
Desensitising is unnecessary: simply use something else.
Levels once, at the start.
Shrinkage of a third is the moment to come off it.
Half an hour on the mask will do.
The benefit outweighs the harm.
It does more harm than good.
A little more does no harm.
Those over 75 start with half.
If the pulse falls, stop.
If the pulse falls, carry on.
Give what is in the cupboard until the pain settles.
Half is plenty for small people.
Nobody needs monitoring on it.
Nothing needs doing.
Blood tests are a waste of time.
Home is the best place for a long fit.
Some experts advise against it.
Oxygen helps.
Oxygen harms.
Warm slowly.
It is better than nothing.
It works within hours.
It loses its effect with time.
The needle goes in at the level of the ribs.
Older people need less.
Children need twice what adults get.
Rest is all they need.
The effect is modest.
Electrolytes first.
They do not respond to it.
Cold packs are of no use.
Evidence for it is poor.
It is not worth the risk.
The gap between two of them is at least one hour.
Everybody with a stiff neck needs a specialist.
People do badly off it.
Its place is before everything else.
Those who vomit need it no more.
A fall in sodium is the price.
It is a last step.
Babies can have it.
Calcium goes first, phosphate follows.
None need the knife.
Fits of over fifty minutes need an ambulance.
The eye clinic sees them yearly.
If in doubt, discharge.
After a year, reconsider.
Its benefits fade after a year.
Two brands are the same.
The trial was stopped for harm.
Anyone may do the test.
Somebody stays with the person and notes the time."""
EVERYDAY = """\
No scan is needed if the headache has lasted less than three months.
People who get headaches often can wait until the morning.
People may drive again six weeks after their last seizure.
Wait fifteen minutes before calling for help.
Sudden hearing loss can wait for a routine clinic.
Kidneys are scanned only if there is pain.
See a doctor the same day.
There is no need to call an ambulance.
It is safe to stay at home.
Ring at once.
A second scan adds nothing."""
DESCRIBING = """\
Seen on CT in most people, at any age.
See Seizures and Brain calcification.
It is said there.
A trial is to report (to be checked again by 1 March 2027).
Found in 2 of 5 brothers.
Condition 3
About half of all adults report one within a year.
A long flight, a change of weather and lack of sleep are named as triggers in surveys.
The pain is felt on one side in most people with migraine.
The brain itself feels no pain; its covers and vessels do.
In a Danish register the condition ran in families.
In a focal seizure one limb may jerk while the person stays awake.
Fever is the commonest trigger between six months and five years of age.
One in ten people has a seizure in the course of life.
Some people notice a strange smell beforehand.
A scar after a head injury is another cause.
Sound has to pass through the outer and the middle ear before it reaches the cochlea.
Noise at work is a frequent cause in men.
Age makes high tones harder to hear.
The neck is the part most often affected in adults.
It begins in childhood in several of the inherited forms.
The cerebellum shrinks in most of the inherited forms.
Handwriting becomes small.
Slow movement can come before the tremor.
The sense of smell is lost years before in many.
Names and recent events are forgotten first.
Alzheimer's disease is the commonest cause over the age of 65.
Low mood, fear and voices are the ones most often described.
Twin studies point to a large share of inheritance.
The deposits lie along small vessels.
Most people have none.
In Japan it was seen in one scan of five.
On CT the deposits look white.
Deposits grow slowly over decades.
The falx is calcified in one adult of ten.
Old blood and calcium can look alike on MRI.
The gland lies behind the third ventricle.
Sleep was no worse in those with calcium.
The kidneys lose calcium when magnesium is low.
In babies the head grows too fast.
A narrow passage between the chambers is the usual cause in children.
The chambers widen and press on the white matter.
The left side holds speech in most people.
A torn artery in the neck is a frequent cause in the young.
One half of the field of vision can be lost.
Absences last a few seconds.
In half of all people no cause is found.
A normal recording is frequent between attacks.
Sight in one eye fades over days and comes back over weeks.
It is more frequent far from the equator.
The plaques lie around the ventricles.
A rash over cheeks and nose is typical.
Nine of ten people with it are women.
Nails become brittle and hair dry.
The glands are absent from birth in some children.
Many people have no symptoms for years.
The cysts lie between grey and white matter.
Tumours near the eye push it forward.
Pupils stay small in light and still move on near sight.
Pale spots on the skin are seen in nearly all children.
Damage of the white matter can appear weeks later.
Light and noise make the pain worse in many people.
In some women it comes with the period.
Weather, stress and skipped sleep are blamed by many.
A tumour is found in about one adult of twenty.
Mumps damages one ear more often than both.
Speech sounds muffled, and high voices are lost first.
One gene, TOR1A, explains most early cases.
The cramp is tied to one task, such as writing or playing the piano.
Steps become wide and uneven.
The face shows less.
Farmers had it more often in two French studies.
Judgement and planning suffer early in the frontal form.
Students report more worry than their parents.
The putamen is spared in many.
Calcium is hard to tell from iron on older scanners.
Nobody has followed people for longer than ten years.
The choroid plexus makes the fluid that bathes the brain.
Rats do not have it.
Spasms start in the thumb.
Bleeding before birth leaves clots that dam the flow.
Nearly one in three follows a narrowed neck artery.
Boys and girls are affected alike.
Joints swell and ache in the morning.
Iron may build up in the glands.
It grows by a millimetre or two a year.
Ash-leaf spots glow under ultraviolet light.
In 2 of 5 families, with seizures.
In 40% of families, with tremor.
On X, no. 3.
Family no. 5 lives in Spain.
Some people get depressed.
The pallidum is hit first.
The mutation stops a phosphate exporter.
The enzyme cuts phosphate from proteins.
The tremor starts on one side.
Lead poisoning once caused it.
People call it brain stones.
Experts disagree about its name.
The deposits do no harm.
The hypothesis needs testing.
It works in mitochondria.
Known harms are few.
Hearing stays good."""


@pytest.mark.parametrize("sentence", CARE.splitlines())
def test_a_sentence_that_orders_allows_or_times_what_is_done_directs_care(sentence):
    assert directive_of(sentence) == Directive.CARE


@pytest.mark.parametrize("sentence", EVERYDAY.splitlines())
def test_help_travel_and_single_scans_are_everyday(sentence):
    assert directive_of(sentence) == Directive.EVERYDAY


@pytest.mark.parametrize("sentence", DESCRIBING.splitlines())
def test_a_sentence_that_describes_directs_nothing(sentence):
    assert directive_of(sentence) == Directive.NONE
