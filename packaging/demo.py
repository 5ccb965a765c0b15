#!/usr/bin/env python3
"""The demo: a town, its server, a kiosk and a printer, all real, and one visit or as many as you like.

Called by demo.sh once everything is built. With a display the kiosk opens there and stays until its
window is closed or Ctrl-C is pressed; without one, or with --headless, a visit plays by itself.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from display import Display  # noqa: E402
from ipp_printer import IppPrinter  # noqa: E402
from kiosk import Kiosk  # noqa: E402
from programs import Failure, bin_dir, run, wait_for  # noqa: E402
from town import Town  # noqa: E402
import visit  # noqa: E402

FOLDER = ROOT / "build/demo"


def say(line):
    print(line, flush=True)


def picture_of(kiosk, name):
    return kiosk.picture(FOLDER / "screenshots" / f"{name}.png")


def play(kiosk, town, person):
    """One whole visit: a ticket before the camera, a birth date, a place, a slip."""
    shot = lambda name: picture_of(kiosk, name)  # noqa: E731
    shot("1-welcome")
    visit.start_by_scan(kiosk, lambda: shot("2-scan"))
    say(f"  scanned     the ticket ••••••{person['ticket'][-4:]} by the camera")
    visit.give_birth_date(kiosk, person)
    shot("3-birth")
    visit.say_yes(kiosk)
    visit.declare(kiosk)
    shot("4-offers")
    visit.take_first_offer(kiosk)
    shot("5-confirm")
    visit.say_yes(kiosk)
    kiosk.wait_screen("booked")
    shot("6-booked")
    say(f"  who         date of birth {person['birth_date']}, on the town's list")
    booked = wait_for("the booking at the server", town.live_bookings)[0]
    say(f"  booked      dose {booked['dose']}, {booked['date']} {booked['time']}, {booked['venue']}")
    return booked


def headless(town, printer):
    kiosk_dir = FOLDER / "kiosk"
    person = town.people()["before-dose-1"]
    film = FOLDER / "ticket.avi"
    visit.film_ticket(person, film, "empty seconds=2")
    display = Display()
    try:
        kiosk = Kiosk(kiosk_dir, display, printer.address, film).start()
        say("The visit:")
        booked = play(kiosk, town, person)
        slip = wait_for("the slip in the printer's tray", lambda: visit.slips(printer))[0]
        kept = FOLDER / "slip.pdf"
        shutil.copy(slip, kept)
        say(f"  slip        {kept.relative_to(ROOT)}, number {booked['number']}")
        say(f"  synced      the server has booking {booked['number']}, once")
        kiosk.stop()
        say(f"Screenshots: {(FOLDER / 'screenshots').relative_to(ROOT)}/")
        return len(town.live_bookings()) == 1 and town.sums_hold()
    finally:
        display.stop()


def attended(town, printer):
    """Opens the kiosk on this display, with tickets to hold up, and waits until it is closed."""
    tickets = FOLDER / "tickets"
    tickets.mkdir(exist_ok=True)
    say("\nPeople to be (type the number, or show the picture of the ticket to a camera):")
    for case, person in town.people().items():
        sheet = tickets / f"{case}.png"
        visit.draw_ticket(person, sheet)
        say(f"  {case:18} ticket {person['ticket']}  born {person['birth_date']}  "
            f"{sheet.relative_to(ROOT)}")
    camera = "/dev/video0"
    if not Path(camera).exists():
        camera = FOLDER / "ticket.avi"
        visit.film_ticket(town.people()["before-dose-1"], camera)
        say("No camera here: a film of the first ticket plays in its place.")
    say(f"Slips come out in {(printer.spool / 'printed').relative_to(ROOT)}/. Close the window to end.\n")
    done = os.spawnlp(os.P_WAIT, str(bin_dir() / "madoguchi-kiosk"), "madoguchi-kiosk", "run",
                      "--dir", str(FOLDER / "kiosk"), "--camera", str(camera),
                      "--printer", printer.address, "--window", "540x960")
    for row in town.live_bookings():
        say(f"  the server has {row['booking']}: dose {row['dose']}, {row['date']} {row['time']}, "
            f"{row['venue']}")
    return done == 0 and town.sums_hold()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--headless", action="store_true", help="play a visit by itself")
    headless_wanted = parser.parse_args().headless
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        headless_wanted = True

    os.environ["MADO_BIN"] = str(ROOT / "build/release/bin")
    if FOLDER.exists():
        shutil.rmtree(FOLDER)
    (FOLDER / "screenshots").mkdir(parents=True)

    say("Making the demo town …")
    town = Town(FOLDER / "town", say=lambda line: say(f"  {line}"))
    town.make()
    town.start()
    try:
        with IppPrinter(FOLDER / "printer") as printer:
            say(f"The server listens at https://{town.residents} (residents) and "
                f"https://{town.devices} (devices).")
            town.enrol_kiosk("kiosk-1", FOLDER / "kiosk")
            say("A kiosk is enrolled; its fingerprint was compared and confirmed.")
            good = headless(town, printer) if headless_wanted else attended(town, printer)
    finally:
        town.stop()
    if not good:
        raise Failure("the server's books do not hold the booking once")
    say("demo: ok")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        print(f"demo: failed: {failure}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("demo: ended by Ctrl-C", file=sys.stderr)
        sys.exit(1)
