"""A kiosk that staff shut out: what it sold reaches them, and then nothing of anybody is left in it."""

import visit
from programs import wait_for
from story import Story, tell
from town import server


class Revoked(Story):
    def test_what_it_sold_reaches_the_worklist_and_then_it_wipes_itself(self):
        printer = self.printer()
        kiosk = self.kiosk(printer=printer).start()
        self.assertTrue(list(kiosk.folder.glob("roster-*/*")))
        self.stop_server()
        self.assertEqual(visit.book_first_offer(kiosk, self.people["before-dose-1"]), "booked")
        wait_for("the slip", lambda: visit.slips(printer))
        visit.leave(kiosk)

        server("device", "revoke", "1", "--dir", self.town.dir)
        self.town.start()
        kiosk.wait_screen("out_of_service")
        wait_for("the sale on the worklist", lambda: [
            row for row in self.town.worklist() if row["reason"] == "revoked" and row["booking"]])
        wait_for("nothing to be left", lambda: not self.files_of(kiosk))
        self.picture(kiosk, "revoked")
        kiosk.touch("staff")
        kiosk.wait_screen("staff_unreachable")
        kiosk.stop()
        self.assertIn("revoked", kiosk.program.text())

        self.town.enrol_kiosk("kiosk-again", kiosk.folder)
        kiosk.start()
        kiosk.stop()

    def files_of(self, kiosk):
        kept = ("device-", "roster-", "credentials", "identity.json")
        return [file for file in kiosk.folder.rglob("*") if file.is_file()
                and file.relative_to(kiosk.folder).parts[0].startswith(kept)]


if __name__ == "__main__":
    tell()
