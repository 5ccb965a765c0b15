#!/usr/bin/env python3
"""Writes the demo town: the files that a town would get from its own offices.

    make_town.py FOLDER --today 2021-07-05 [--seed 7] [--residents 5000]

The same arguments write the same bytes. Nobody here is real: names are placeholders, ticket numbers
and birth dates are drawn. The files:

    residents.csv   CP932, as a ledger system exports it
    results.csv     injections so far, UTF-8 with a mark
    venues.csv, schedule.csv   UTF-8
    people.json     one person for each case that a demo or a test wants to play
"""

import argparse
import csv
import datetime
import json
import pathlib
import random

OWN = "272205"
NEIGHBOUR = "272035"
OWN_SHARE = 0.94
TOWN_NAME = "みどり市"
NEIGHBOUR_NAME = "みずほ市"

VENUES = [
    # id, name, English, address, telephone, vaccine, reading
    (1, "みどり市民センター", "Midori Community Centre", "みどり市中央1-1-1", "072-000-0001", "pfizer",
     "みどりしみんセンター"),
    (2, "緑ヶ丘体育館", "Midorigaoka Gymnasium", "みどり市緑ヶ丘2-8-5", "072-000-0002", "moderna",
     "みどりがおか たいいくかん"),
    (3, "東部保健センター", "East Health Centre", "みどり市東3-4-12", "072-000-0003", "astrazeneca",
     "とうぶ ほけんセンター"),
]

# venue, weekday, from, to, minutes, seats: by weekday and time band, from the number of staff
SCHEDULE = (
    [(1, day, "09:00", "12:00", 15, 6) for day in "月火水木金"]
    + [(1, day, "13:30", "16:30", 15, 6) for day in "月火水木金"]
    + [(1, "土", "09:00", "12:00", 15, 8)]
    + [(2, day, "13:00", "17:00", 20, 10) for day in "火木"]
    + [(2, "土", "09:00", "17:00", 20, 12), (2, "日", "09:00", "17:00", 20, 12)]
    + [(3, day, "10:00", "12:00", 30, 4) for day in "月水金"]
)

# code, name in the ledger, earliest interval, share, age from which it is given
VACCINES = [
    ("pfizer", "ファイザー", 19, 0.62, 12),
    ("moderna", "武田/モデルナ", 21, 0.33, 12),
    ("astrazeneca", "アストラゼネカ", 28, 0.05, 40),
]

# Age bands (first, last, weight): a town that vaccinates its old people first.
AGES = [(13, 17, 4), (18, 39, 14), (40, 64, 27), (65, 74, 28), (75, 89, 23), (90, 99, 4)]

STATES = [("before", 0.52), ("waiting", 0.12), ("between", 0.12), ("done", 0.24)]


class Person:
    def __init__(self, municipality, number, born, state):
        self.municipality = municipality
        self.number = number
        self.born = born
        self.state = state
        self.valid = True
        self.doses = []  # (number, date, ledger name, lot)


def weighted(dice, choices):
    """The first item of one of `choices`, whose last item is its weight."""
    point = dice.random() * sum(choice[-1] for choice in choices)
    for choice in choices:
        point -= choice[-1]
        if point < 0:
            return choice
    return choices[-1]


def birth_date(dice, today):
    first, last, _ = weighted(dice, AGES)
    age = dice.randint(first, last)
    days_ago = age * 365.2425 + dice.randrange(1, 365)
    return today - datetime.timedelta(days=round(days_ago))


def years_old(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def vaccine_for(dice, born, day):
    age = years_old(born, day)
    fitting = [(v, v[3]) for v in VACCINES if v[4] <= age]
    return weighted(dice, fitting)[0]


def give_doses(dice, person, today):
    """Doses as the person's state says: `waiting` is between the doses with the interval not over."""
    if person.state == "before":
        return
    _, ledger, interval, _, _ = vaccine_for(dice, person.born, today - datetime.timedelta(days=90))
    lot = "".join(dice.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(2)) + str(dice.randrange(1000, 9999))
    ago = {
        "waiting": dice.randint(1, interval - 2),
        "between": dice.randint(interval + 1, interval + 20),
        "done": dice.randint(interval + 12, interval + 60),
    }[person.state]
    first = today - datetime.timedelta(days=ago)
    person.doses.append((1, first, ledger, lot))
    if person.state == "done":
        person.doses.append((2, first + datetime.timedelta(days=interval + dice.randint(0, 7)), ledger, lot))


def make_people(dice, count, today):
    numbers = {OWN: set(), NEIGHBOUR: set()}
    people = []
    for index in range(count):
        municipality = OWN if index < count * OWN_SHARE else NEIGHBOUR
        number = dice.randrange(1, 10**8)
        while number in numbers[municipality]:
            number = dice.randrange(1, 10**8)
        numbers[municipality].add(number)
        state = weighted(dice, STATES)[0]
        person = Person(municipality, f"{number:010d}", birth_date(dice, today), state)
        give_doses(dice, person, today)
        # Reissued, moved away or dead: staff alone are told.
        if dice.random() < 0.01:
            person.valid = False
        people.append(person)
    return people


def write_csv(path, encoding, header, rows):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)


def ledger_date(day, index):
    """Real ledgers write both forms in one file."""
    return day.isoformat() if index % 3 else f"{day.year}/{day.month}/{day.day}"


def write_residents(folder, people):
    header = ["接種券番号", "姓", "名", "生年月日", "無効フラグ", "2回目接種日", "自治体コード"]
    rows = []
    for index, person in enumerate(people):
        # The second dose comes with the results; the ledger's own column is behind, as in life.
        rows.append([person.number, "見本", f"住民{index + 1:04d}", ledger_date(person.born, index),
                     "FALSE" if person.valid else "TRUE", "", person.municipality])
    write_csv(folder / "residents.csv", "cp932", header, rows)


def write_results(folder, people):
    header = ["接種券ID", "接種自治体名", "接種日", "ワクチン種", "接種回数", "ロット番号", "自治体コード"]
    names = {OWN: TOWN_NAME, NEIGHBOUR: NEIGHBOUR_NAME}
    rows = [
        [person.number, names[person.municipality], day.isoformat(), ledger, number, lot, person.municipality]
        for person in people
        for number, day, ledger, lot in person.doses
    ]
    write_csv(folder / "results.csv", "utf-8-sig", header, rows)


def write_places(folder):
    write_csv(folder / "venues.csv", "utf-8",
              ["id", "name", "name_en", "address", "telephone", "vaccine", "name_kana"], VENUES)
    write_csv(folder / "schedule.csv", "utf-8",
              ["venue", "weekday", "date", "from", "to", "minutes", "seats"],
              [(venue, day, "", start, end, minutes, seats)
               for venue, day, start, end, minutes, seats in SCHEDULE])


def sample(people, case, fits, taken):
    for person in people:
        if id(person) not in taken and fits(person):
            taken.add(id(person))
            return {
                "municipality": person.municipality,
                "ticket": person.number,
                "birth_date": person.born.isoformat(),
                "doses": [{"number": n, "date": d.isoformat(), "vaccine": v} for n, d, v, _ in person.doses],
            }
    raise SystemExit(f"no resident for the case {case}: another seed, or more residents")


def free_number(people):
    taken = {person.number for person in people}
    return next(number for number in (f"{n:010d}" for n in range(4821, 10**8)) if number not in taken)


def write_samples(folder, people, today):
    def own(person, state):
        return person.valid and person.municipality == OWN and person.state == state

    def age(person):
        return years_old(person.born, today)

    def had(person, ledger):
        return person.doses and person.doses[0][2] == ledger

    taken = set()
    cases = [
        ("before-dose-1", lambda p: own(p, "before") and 78 <= age(p) <= 84),
        ("before-dose-1-too", lambda p: own(p, "before") and 65 <= age(p) <= 77),
        ("before-dose-1-third", lambda p: own(p, "before") and 40 <= age(p) <= 64),
        ("before-dose-1-young", lambda p: own(p, "before") and 18 <= age(p) < 40),
        ("interval-not-over", lambda p: own(p, "waiting") and had(p, "ファイザー")),
        ("between-doses", lambda p: own(p, "between") and had(p, "ファイザー")),
        ("between-doses-moderna", lambda p: own(p, "between") and had(p, "武田/モデルナ")),
        ("done", lambda p: own(p, "done")),
        ("invalid-ticket", lambda p: not p.valid and p.municipality == OWN),
        ("neighbour", lambda p: p.valid and p.municipality == NEIGHBOUR and p.state == "before"),
    ]
    samples = {case: sample(people, case, fits, taken) for case, fits in cases}
    samples["on-no-list"] = {"municipality": OWN, "ticket": free_number(people),
                             "birth_date": "1940-01-01", "doses": []}
    text = json.dumps({"town": TOWN_NAME, "municipality": OWN, "service_area": [OWN, NEIGHBOUR],
                       "today": today.isoformat(), "people": samples}, ensure_ascii=False, indent=2)
    (folder / "people.json").write_text(text + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description="Write the demo town's files.")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--today", type=datetime.date.fromisoformat, default=None,
                        help="the day on which the town opens (default: today in Japan)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--residents", type=int, default=5000)
    options = parser.parse_args()
    japan = datetime.timezone(datetime.timedelta(hours=9))
    today = options.today or datetime.datetime.now(japan).date()

    options.folder.mkdir(parents=True, exist_ok=True)
    people = make_people(random.Random(options.seed), options.residents, today)
    write_residents(options.folder, people)
    write_results(options.folder, people)
    write_places(options.folder)
    write_samples(options.folder, people, today)


if __name__ == "__main__":
    main()
