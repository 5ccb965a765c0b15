"""How a server ends: asked to, it answers everybody; killed, it has lost nothing that it answered."""

import http.client
import subprocess
import threading
import time
import unittest

from town import PROGRAM, Town


class Ending(unittest.TestCase):
    def setUp(self):
        self.town = Town(people=30).start()

    def tearDown(self):
        self.town.remove()

    def test_asked_to_stop_it_answers_a_long_poll_and_ends_well(self):
        device = self.town.enrolled("poll")
        position = device.snapshot()["position"]
        idle = device.client()
        idle.request("GET", "/healthz")
        self.assertEqual(idle.getresponse().read(), b'{"status":"ok","silent_devices":0,"waiting_calls":0}')
        heard = {}
        thread = threading.Thread(
            target=lambda: heard.update(answer=device.changes(position, wait=25)))
        thread.start()
        time.sleep(0.5)
        asked = time.monotonic()
        self.assertEqual(self.town.stop(), 0)
        took = time.monotonic() - asked
        thread.join(timeout=30)
        print(f"it ended {took:.3f} s after it was asked to")
        status, page = heard["answer"]
        self.assertEqual((status, page["changes"]), (200, []))
        self.assertLess(took, 5)
        idle.close()

    def test_a_second_server_on_the_town_is_refused_and_changes_nothing(self):
        addresses = (self.town.dir / "addresses.json").read_text()
        second = subprocess.run(
            [PROGRAM, "run", "--dir", self.town.dir, "--listen", "127.0.0.1:0",
             "--device-listen", "127.0.0.1:0"], capture_output=True, text=True, timeout=60)
        self.assertEqual(second.returncode, 1)
        self.assertIn("another server runs on", second.stderr)
        self.assertEqual((self.town.dir / "addresses.json").read_text(), addresses)
        # Killed, it leaves no lock behind.
        self.town.kill()
        self.town.start()

    def test_killed_among_pushes_it_has_every_event_that_it_answered(self):
        sellers = [self.town.enrolled(f"seller{i}") for i in range(3)]
        for seller in sellers:
            seller.lease(1, 40)
            seller.push(seller.started())
        answered = []
        for person in (1, 11, 21):
            answered += self.sell_until_killed(sellers, person)
            self.town.start()
            for device, envelope, answer in answered:
                status, again = device.push(envelope)
                self.assertEqual((status, again["answers"]), (200, [answer]))
                self.assertFalse(again["fenced"])
        self.assertGreater(len(answered), 10)
        held = {row["number"].rsplit("-", 1)[0] for row in self.town.bookings()}
        missing = [f"{device.id}-{envelope['number']}" for device, envelope, _ in answered
                   if f"{device.id}-{envelope['number']}" not in held]
        self.assertEqual(missing, [])
        print(f"{len(answered)} answered events outlived three kills")

    def sell_until_killed(self, sellers, person):
        """Each device sells, one event a push; a kill comes in the middle. Returns what was answered."""
        answered, enough = [], threading.Event()

        def sell(device):
            while True:
                # What was not answered is sent again, the same bytes, as a device does.
                envelope = getattr(device, "unanswered", None) or device.booked(person, slot=1)
                device.unanswered = envelope
                try:
                    status, answer = device.push(envelope)
                except (OSError, ValueError, http.client.HTTPException):
                    return
                if status != 200 or not answer["answers"]:
                    return
                device.unanswered = None
                answered.append((device, envelope, answer["answers"][0]))
                if len(answered) >= 12:
                    enough.set()

        threads = [threading.Thread(target=sell, args=(seller,)) for seller in sellers]
        for thread in threads:
            thread.start()
        self.assertTrue(enough.wait(timeout=60))
        self.town.kill()
        for thread in threads:
            thread.join(timeout=60)
        return answered


if __name__ == "__main__":
    unittest.main(verbosity=2)
