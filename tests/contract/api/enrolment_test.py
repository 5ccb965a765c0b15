"""How a device joins a town, over the real doors and with the real commands."""

import ssl
import unittest

from town import Device, Town, exchange, run, server


class Enrolment(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town().start()

    @classmethod
    def tearDownClass(cls):
        cls.town.remove()

    def test_a_device_waits_for_staff_and_then_gets_all_it_needs(self):
        device = Device(self.town, "a")
        device.ask_in()
        self.assertEqual(device.enrol()[0], 202)
        row = next(row for row in self.town.device_rows() if row["id"] == device.id)
        self.assertEqual((row["state"], row["fingerprint"]), ("pending", device.fingerprint))
        device.confirm()
        device.fetch_grant()
        self.assertEqual(device.grant["address"], self.town.devices)
        self.assertEqual(device.enrol(), (200, device.grant))
        self.assertEqual(device.get("/healthz"), (200, {"status": "ok", "silent_devices": 0, "waiting_calls": 0}))
        self.assertEqual(device.snapshot()["town"]["name"], "みどり市")

    def test_the_fingerprint_is_the_one_of_the_key(self):
        device = Device(self.town, "b")
        device.ask_in()
        public = run("openssl", "ec", "-in", device.key, "-pubout", "-outform", "DER", "-out",
                     self.town.folder / "b.der")
        self.assertEqual(public.returncode, 0)
        digest = run("openssl", "dgst", "-sha256", "-r", self.town.folder / "b.der").stdout
        self.assertEqual(device.fingerprint.replace(" ", ""), digest[:16])

    def test_a_code_belongs_to_the_first_key_that_uses_it(self):
        device = Device(self.town, "c")
        device.ask_in()
        _, other = self.town.new_key("other")
        status, refusal = device.enrol(other)
        self.assertEqual((status, refusal["error"]), (403, "code-refused"))
        self.assertEqual(device.enrol()[0], 202)

    def test_a_code_that_was_never_made_is_refused(self):
        status, refusal = exchange(self.town.client(), "POST", "/v1/enrol", {
            "secret": "0" * 20, "signing_request": self.town.new_key("d")[1], "kind": "kiosk",
            "name": "d"})
        self.assertEqual((status, refusal["error"]), (403, "code-refused"))

    def test_confirming_what_nobody_shows_fails(self):
        told = server("device", "confirm", "0000 0000 0000 0000", "--dir", self.town.dir, expect=1)
        self.assertIn("fingerprint", told.stderr)

    def test_a_device_that_waits_gets_nothing_from_the_other_door(self):
        device = Device(self.town, "e")
        device.ask_in()
        context = self.town.trust()
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            exchange(self.town.client(self.town.devices, context), "GET", "/v1/snapshot")


if __name__ == "__main__":
    unittest.main(verbosity=2)
