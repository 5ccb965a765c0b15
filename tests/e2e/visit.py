"""What a person does at a kiosk, in the words of the screens; and the tickets that she holds.

A person is a row of the demo town's people.json: "municipality", "ticket", "birth_date".
"""

from pathlib import Path

from programs import bin_dir, run, wait_for

# The first day of each era, latest first; the year that holds it is the era's year 1.
ERAS = [("reiwa", "2019-05-01"), ("heisei", "1989-01-08"), ("showa", "1926-12-25"),
        ("taisho", "1912-07-30"), ("meiji", "1868-01-25")]


def film():
    return bin_dir() / "madoguchi-film"


def draw_ticket(person, file, *options):
    run(film(), "ticket", "--municipality", person["municipality"], "--number", person["ticket"],
        "--out", file, *options)
    return Path(file)


def draw_leaflet(file):
    run(film(), "leaflet", "--out", file)
    return Path(file)


def film_ticket(person, file, *before):
    """A film of the person's sheet held to the camera; `before` are parts to show first."""
    ticket = f"ticket seconds=6 municipality={person['municipality']} number={person['ticket']}"
    return film_parts(file, *before, ticket, "empty seconds=3")


def empty_room(folder):
    """A camera that works and sees nobody: one that fails is told before all else."""
    return film_parts(folder / "empty-room.avi", "empty seconds=4")


def film_parts(file, *parts):
    options = [word for part in parts for word in ("--part", part)]
    run(film(), "film", *options, "--seed", "7", "--out", file)
    return Path(file)


def era_of(birth_date):
    for era, first in ERAS:
        if birth_date >= first:
            return era, int(birth_date[:4]) - int(first[:4]) + 1
    raise ValueError("nobody is that old")


def spoken_birth(person, today):
    """As the confirming screen says it, without spaces: 昭和14年うさぎ年82歳."""
    birth = person["birth_date"]
    era, year = era_of(birth)
    name = {"reiwa": "令和", "heisei": "平成", "showa": "昭和", "taisho": "大正", "meiji": "明治"}[era]
    animals = ["さる", "とり", "いぬ", "いのしし", "ねずみ", "うし", "とら", "うさぎ", "たつ", "へび",
               "うま", "ひつじ"]
    age = int(today[:4]) - int(birth[:4]) - (today[5:] < birth[5:])
    first = "元" if year == 1 else str(year)
    return f"{name}{first}年{animals[int(birth[:4]) % 12]}年{age}歳"


def start_by_scan(kiosk, look=lambda: None):
    """From the welcome screen until the camera has read the ticket."""
    kiosk.touch("start").wait_screen("scanning")
    kiosk.wait_frames(5)
    look()
    kiosk.wait_screen("asking_era")


def start_by_typing(kiosk, number):
    kiosk.touch("start").wait_screen("scanning")
    kiosk.touch("type_number").wait_screen("typing_number")
    kiosk.type(number)
    kiosk.touch("enter")


def give_birth_date(kiosk, person, birth_date=None):
    """Era, year, month and day, one question after the other, up to the confirmation."""
    birth_date = birth_date or person["birth_date"]
    era, year = era_of(birth_date)
    kiosk.wait_screen("asking_era")
    kiosk.touch(f"era/{era}").wait_screen("asking_year")
    if year == 1:
        kiosk.touch("first_year")
    else:
        kiosk.type(str(year))
        # Two digits are all that a year of an era has.
        if year < 10:
            kiosk.touch("enter")
    kiosk.wait_screen("asking_month")
    kiosk.touch(f"month/{int(birth_date[5:7])}").wait_screen("asking_day")
    kiosk.touch(f"day/{int(birth_date[8:10])}").wait_screen("confirming_birth", "birth_impossible")


def say_yes(kiosk):
    kiosk.touch("yes")


def declare(kiosk, *items):
    """From the confirmed birth date until places are offered; `items` as their targets call them."""
    if kiosk.wait_screen("declaring", "interval_ahead") == "interval_ahead":
        kiosk.touch("next").wait_screen("declaring")
    for item in items:
        kiosk.touch(f"declare/{item}")
    kiosk.touch("next").wait_screen("suggesting")


def log_in(kiosk, person):
    """By typing, up to what the roster says."""
    start_by_typing(kiosk, person["ticket"])
    give_birth_date(kiosk, person)
    say_yes(kiosk)
    return kiosk.wait_screen("declaring", "interval_ahead", "showing_booking", "not_matched",
                             "series_complete", "please_ask_staff")


def slips(printer):
    """The PDF files that have come out of the printer, oldest first."""
    return sorted(file for file in (printer.spool / "printed").iterdir()
                  if not file.name.startswith("."))


def offers(kiosk):
    return sorted(name for name in kiosk.targets() if name.startswith("offer/"))


def take_first_offer(kiosk):
    kiosk.touch(offers(kiosk)[0]).wait_screen("confirming_booking")


def book_first_offer(kiosk, person):
    """A whole visit by typing, up to the result."""
    log_in(kiosk, person)
    declare(kiosk)
    take_first_offer(kiosk)
    say_yes(kiosk)
    return kiosk.wait_screen("booked", "suggesting", "please_ask_staff", "no_place")


def give_up(kiosk):
    """Back, and back again, to the first screen."""
    while (screen := kiosk.screen()) != "welcome":
        kiosk.touch("back")
        wait_for("another screen", lambda before=screen: kiosk.screen() != before)


def leave(kiosk):
    kiosk.touch("finish").wait_screen("farewell", "welcome")
    kiosk.wait_screen("welcome")
