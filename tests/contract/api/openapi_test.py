"""The description of the server's interface against the server that runs: every address and method,
and every answer, happy or refused."""

import json
import re
import unittest

import jsonschema

from town import ROOT, Town, run, server

FILE = ROOT / "sync/server/api/openapi.json"
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]
# What a running server cannot be brought to here; unit tests have their replies.
NOT_SHOWN = {
    (path, method, "503") for path, method in [
        ("/v1/enrol", "post"), ("/v1/events", "post"), ("/v1/changes", "get"),
        ("/v1/leases", "post"), ("/v1/snapshot", "get"), ("/v1/roster/{id}", "get")]}

# Optional by the description, and there in all that this town sends.
ALWAYS_HERE = {("Town", "booking_closes_minutes"), ("Snapshot", "calls")}


class Description:
    """The file, and what it says of an exchange."""

    def __init__(self, document):
        self.document = document
        self.seen = {}  # (path, method, status): the bodies that came
        self.objects = {}  # schema's name: the sets of members that came

    def operations(self):
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                yield path, method, operation

    def path_of(self, target):
        """The described path that an address belongs to, or none."""
        plain = target.split("?")[0]
        for path in self.document["paths"]:
            if re.fullmatch(re.sub(r"\{[a-z]+\}", "[^/]+", path), plain):
                return path
        return None

    def resolve(self, value):
        while "$ref" in value:
            found = self.document
            for part in value["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            value = found
        return value

    def validator(self, schema):
        """Takes what the schema describes and nothing that it does not name."""
        components = {"schemas": closed(self.document["components"]["schemas"])}
        # Refusals are an allOf, which would close each part against the other.
        whole = schema if "allOf" in schema else closed(schema)
        return jsonschema.Draft202012Validator({**whole, "components": components})

    def check(self, method, target, status, kind, body):
        """Raises where the answer is not described; returns what validates its JSON, if any."""
        path = self.path_of(target)
        operation = self.document["paths"][path][method.lower()]
        name = str(status) if str(status) in operation["responses"] else "default"
        response = self.resolve(operation["responses"][name])
        if method == "HEAD":
            assert body == b"", "a HEAD with a body"
            self.seen.setdefault((path, "head", name), []).append(None)
            return None
        assert kind in response["content"], f"{path} {status}: {kind} is not described"
        self.seen.setdefault((path, method.lower(), name), []).append(body)
        if kind != "application/json":
            return None
        validator = self.validator(response["content"][kind]["schema"])
        validator.validate(json.loads(body))
        self.note(response["content"][kind]["schema"], json.loads(body))
        return validator

    def note(self, schema, value):
        """Remembers which members each object of a named schema had."""
        schema = schema.get("allOf", [schema])[0]
        name = schema.get("$ref", "").rsplit("/", 1)[-1]
        schema = self.resolve(schema)
        if "oneOf" in schema:
            return self.note({"$ref": schema["discriminator"]["mapping"][value["kind"]]}, value)
        if isinstance(value, list) and "items" in schema:
            for each in value:
                self.note(schema["items"], each)
        elif isinstance(value, dict) and "properties" in schema:
            if name:
                self.objects.setdefault(name, set()).add(frozenset(value))
            for member, content in value.items():
                self.note(schema["properties"][member], content)
        return None


def closed(schema):
    """The same schema, but that objects have no members which it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    out = {name: closed(value) for name, value in schema.items()}
    if out.get("type") == "object" and isinstance(out.get("properties"), dict):
        out["additionalProperties"] = False
    return out


class OpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town(people=6).start()
        cls.description = Description(json.loads(FILE.read_text()))
        cls.device = cls.town.enrolled("kiosk")

    @classmethod
    def tearDownClass(cls):
        cls.town.remove()

    def ask(self, client, method, target, body=None, kind="application/json"):
        """One exchange, held against the description: (status, JSON or bytes)."""
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
        try:
            client.request(method, target, body, {"Content-Type": kind} if body is not None else {})
            answer = client.getresponse()
            content = answer.read()
            came = answer.headers.get_content_type()
        finally:
            client.close()
        self.description.check(method, target, answer.status, came, content)
        return answer.status, json.loads(content) if came == "application/json" and content \
            else content

    def as_device(self, *words, device=None, **more):
        return self.ask((device or self.device).client(), *words, **more)

    def as_resident(self, *words, source=None, **more):
        return self.ask(self.town.client(source=source), *words, **more)

    # The file itself.

    def test_the_file_is_sound(self):
        document = self.description.document
        self.assertEqual(document["openapi"], "3.1.0")
        for reference in re.findall(r'"\$ref": "([^"]+)"', FILE.read_text()):
            self.description.resolve({"$ref": reference})
        for schema in document["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)
        names = [operation["operationId"] for _, _, operation in self.description.operations()]
        self.assertEqual(len(names), len(set(names)))
        # Whoever is described is used.
        text = FILE.read_text()
        for part in ("schemas", "responses", "headers"):
            for name in document["components"][part]:
                self.assertIn(f'"#/components/{part}/{name}"', text)

    def test_every_address_takes_the_described_methods_at_its_listeners_alone(self):
        for path, item in self.description.document["paths"].items():
            described = {method.upper() for method in item}
            tags = {tag for operation in item.values() for tag in operation["tags"]}
            for listener, client in (("residents", self.town.client), ("devices", self.device.client)):
                for method in METHODS:
                    status, allow = self.status(client(), method, path.replace("{id}", "x"))
                    if listener not in tags:
                        self.assertEqual(status, 404, (listener, method, path))
                    elif method in described:
                        self.assertNotIn(status, (404, 405) if "{" not in path else (405,),
                                         (listener, method, path))
                    else:
                        self.assertEqual((status, set(allow.split(", "))), (405, described),
                                         (listener, method, path))
        for path in ("/", "/v1", "/v1/roster/", "/v1/openapi.json", "/metrics", "/v1/devices"):
            self.assertIsNone(self.description.path_of(path))
            for client in (self.town.client, self.device.client):
                self.assertEqual(self.status(client(), "GET", path)[0], 404)

    @staticmethod
    def status(client, method, path):
        try:
            client.request(method, path)
            answer = client.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Allow", "")
        finally:
            client.close()

    # Answers.

    def test_every_answer_is_as_described_and_every_described_one_comes(self):
        self.enrolment()
        self.events()
        self.leases()
        self.feed()
        self.roster()
        self.shut_out()
        self.refused_by_the_network_side()
        self.health()
        described = {(path, method, status) for path, method, operation
                     in self.description.operations() for status in operation["responses"]}
        missing = described - set(self.description.seen) - NOT_SHOWN
        # That HTTP itself is wrong is the same at every address.
        missing = {each for each in missing if each[2] != "default"}
        self.assertEqual(missing, set())
        self.schemas_refuse_what_is_spoilt()
        self.what_is_always_there_is_required()

    def enrolment(self):
        device = self.town.enrolled("second")
        wish = {"secret": device.code.split("/")[1], "signing_request": device.request,
                "kind": "kiosk", "name": "second"}
        self.request_is_described("EnrolRequest", wish)
        self.assertEqual(self.as_resident("POST", "/v1/enrol", wish)[0], 200)
        told = json.loads(server("device", "add", "--json", "--dir", self.town.dir, "--kind", "kiosk",
                                 "--name", "third", "--venue", "1").stdout)
        _, request = self.town.new_key("third")
        pending = {**wish, "secret": told["code"].split("/")[1], "signing_request": request}
        status, answer = self.as_resident("POST", "/v1/enrol", pending)
        self.assertEqual(status, 202)
        server("device", "confirm", answer["fingerprint"], "--dir", self.town.dir)
        self.assertEqual(self.as_resident("POST", "/v1/enrol", pending)[1]["venue"], "1")
        for body, expected in (({}, "bad-message"), ({**wish, "signing_request": "x"}, "bad-key")):
            self.assertEqual(self.refusal(self.as_resident("POST", "/v1/enrol", body)),
                             (400, expected))
        stranger = {**wish, "secret": "AAAAAAAA"}
        self.assertEqual(self.refusal(self.as_resident("POST", "/v1/enrol", stranger)),
                         (403, "code-refused"))
        self.too_much_and_no_json(self.as_resident, "/v1/enrol", 16 << 10)

    def too_much_and_no_json(self, ask, path, most):
        self.assertEqual(self.refusal(ask("POST", path, b"x" * (most + 1))), (413, "too-large"))
        self.assertEqual(self.refusal(ask("POST", path, b"{}", kind="text/plain")),
                         (415, "not-json"))
        self.assertEqual(self.refusal(ask("POST", path, b"{")), (400, "bad-message"))

    @staticmethod
    def refusal(answer):
        status, told = answer
        return status, told["error"]

    def request_is_described(self, name, message):
        self.description.validator({"$ref": f"#/components/schemas/{name}"}).validate(message)

    def push(self, *events, device=None, **more):
        message = {"events": list(events), **more}
        self.request_is_described("PushRequest", message)
        for event in events:
            self.request_is_described("Event", json.loads(event["body"]))
        return self.as_device("POST", "/v1/events", message, device=device)

    def events(self):
        device = self.device
        self.assertGreaterEqual(device.lease(1, 4), 1)
        first = device.booked(person=1, slot=1, help=["wheelchair", "hard-of-hearing"])
        others = [device.started(), device.booked(person=2, slot=1)]
        status, told = self.push(*others)
        self.assertEqual((status, told["expected"]), (200, 1))
        status, answers = self.push(first, *others)
        self.assertEqual([answer["verdict"] for answer in answers["answers"]], ["accepted"] * 3)
        seen = {"id": {"device": device.id, "number": 1}, "version": 1}
        further = [device.event(kind="cancel-wished", booking=seen, person=1),
                   device.event(kind="slip-printed", booking=seen["id"], printed=True),
                   device.event(kind="seats-returned", slot=1, used=4),
                   device.event(kind="staff-called"),
                   device.event(kind="staff-call-ended", call=7),
                   device.event(kind="staff-called"),
                   device.booked(person=99, slot=7)]
        self.assertEqual(self.push(*further)[0], 200)
        self.too_much_and_no_json(self.as_device, "/v1/events", 4 << 20)

    def leases(self):
        wish = {"wishes": [{"slot": 2, "level": 3}]}
        self.request_is_described("LeaseRequest", wish)
        self.assertEqual(self.as_device("POST", "/v1/leases", wish)[0], 200)
        self.too_much_and_no_json(self.as_device, "/v1/leases", 64 << 10)

    def feed(self):
        status, snapshot = self.as_device("GET", "/v1/snapshot")
        self.assertEqual(status, 200)
        self.as_device("HEAD", "/v1/snapshot")
        here = snapshot["position"]
        server("town", "--next-opening", "2021-07-12 09:00", "--dir", self.town.dir)
        self.town.take("venues", "id,name,name_en,address,telephone,vaccine\n"
                                 "2,公民館,Hall,中央2-1,072-000-0002,moderna\n")
        call = server("call", "list", "--json", "--dir", self.town.dir).stdout
        server("call", "answer", json.loads(call)["id"], "--by", "佐藤", "--dir", self.town.dir)
        server("settings", "set", "idle_seconds=90", "--dir", self.town.dir)
        self.town.take("texts", "language,key,text\nen,notice,Until three today\n")
        kinds = set()
        for start in (0, here["number"]):
            target = f"/v1/changes?epoch={here['epoch']}&after={start}&wait=0"
            status, page = self.as_device("GET", target)
            self.assertEqual(status, 200)
            kinds |= {change["kind"] for change in page["changes"]}
        self.assertEqual(kinds, {"town", "vaccine", "venue", "slot", "booking", "lease",
                                 "call", "settings", "text", "sealed-resident"})
        other = self.town.enrolled("neighbour")
        page = self.as_device("GET", target.replace(f"after={start}", "after=0"), device=other)[1]
        self.assertIn("withheld", {change["kind"] for change in page["changes"]})
        self.as_device("HEAD", target)
        self.assertEqual(self.refusal(self.as_device("GET", "/v1/changes?epoch=x")),
                         (400, "bad-query"))
        self.assertEqual(self.refusal(self.as_device("GET", "/v1/changes?epoch=0&after=1")),
                         (409, "snapshot-needed"))

    def roster(self):
        told = self.as_device("GET", "/v1/snapshot")[1]["roster"]
        target = f"/v1/roster/{told['id']}"
        status, piece = self.as_device("GET", f"{target}?offset=0")
        self.assertEqual((status, len(piece)), (200, told["bytes"]))
        self.as_device("HEAD", target)
        self.assertEqual(self.refusal(self.as_device("GET", f"{target}?offset=x")),
                         (400, "bad-query"))
        self.assertEqual(self.refusal(self.as_device("GET", "/v1/roster/none")),
                         (404, "no-such-roster"))

    def shut_out(self):
        revoked = self.town.enrolled("revoked")
        server("device", "revoke", str(revoked.id), "--dir", self.town.dir)
        for method, path, body in (("GET", "/v1/snapshot", None), ("GET", "/v1/roster/x", None),
                                   ("GET", "/v1/changes?epoch=1&after=0", None),
                                   ("POST", "/v1/leases", {"wishes": []})):
            status, told = self.as_device(method, path, body, device=revoked)
            self.assertEqual((status, told["error"], told["epoch"]), (403, "revoked", 1))
        # It may send what it had decided all the same.
        status, told = self.push(revoked.started(), device=revoked)
        self.assertTrue(told["fenced"])
        self.assertEqual(told["epoch"], 1)
        status, told = self.ask(self.stranger(), "POST", "/v1/events", {"events": []})
        self.assertEqual((status, told["error"]), (403, "not-enrolled"))

    def stranger(self):
        """A client whose certificate is by the town's CA, for a key that nobody enrolled."""
        key, request = self.town.new_key("stranger")
        asked, certificate = self.town.file("stranger.csr", request), self.town.folder / "stranger.crt"
        usage = self.town.file("stranger.ext", "extendedKeyUsage=clientAuth\n")
        run("openssl", "x509", "-req", "-in", asked, "-CA", self.town.dir / "authority.pem", "-CAkey",
            self.town.dir / "credentials/authority.key", "-set_serial", "78", "-days", "30",
            "-extfile", usage, "-out", certificate)
        context = self.town.trust()
        context.load_cert_chain(certificate, key)
        return self.town.client(self.town.devices, context)

    def refused_by_the_network_side(self):
        """Those that no address of ours sees; they come as `default`."""
        client = self.town.client()
        client.putrequest("GET", "/healthz")
        client.putheader("X", "a" * 20_000)
        client.endheaders()
        answer = client.getresponse()
        body = answer.read()
        client.close()
        self.description.check("GET", "/healthz", answer.status,
                               answer.headers.get_content_type(), body)
        self.assertEqual(answer.status, 431)
        for method, target in (("GET", "/healthz"), ("GET", "/openapi.json"),
                               ("POST", "/v1/enrol")):
            self.ask_too_often(method, target)

    def ask_too_often(self, method, target):
        client = self.town.client(source="127.0.0.4")
        for _ in range(2000):
            client.request(method, target, *([b"{}"] if method == "POST" else []))
            answer = client.getresponse()
            body = answer.read()
            if answer.status == 429:
                break
        client.close()
        self.assertEqual(answer.status, 429)
        self.assertGreaterEqual(int(answer.headers["Retry-After"]), 1)
        self.description.check(method, target, 429, answer.headers.get_content_type(), body)

    def health(self):
        for ask in (self.as_device, self.as_resident):
            self.assertEqual(ask("GET", "/healthz")[0], 200)
            ask("HEAD", "/healthz")
            self.assertEqual(ask("GET", "/openapi.json"), (200, self.description.document))
            ask("HEAD", "/openapi.json")
        # A position that this store never gave: it is an older one.
        self.as_device("GET", "/v1/changes?epoch=1&after=999999")
        self.assertEqual(self.refusal(self.as_device("GET", "/healthz")), (503, "old-store"))

    def schemas_refuse_what_is_spoilt(self):
        """A description that took anything would have passed all of this."""
        spoilt = 0
        for (path, method, name), bodies in self.description.seen.items():
            response = self.description.document["paths"][path][method]["responses"][name]
            content = self.description.resolve(response).get("content", {})
            if path == "/openapi.json" or "application/json" not in content:
                continue
            schema = content["application/json"]["schema"]
            validator = self.description.validator(schema)
            optional = self.optional_members(schema)
            message = json.loads(max(bodies, key=len))
            for member in message:
                without = {name: value for name, value in message.items() if name != member}
                if member not in optional:
                    self.assertFalse(validator.is_valid(without), (path, member))
                for wrong in (None, {"no": 1}, [1.5], -1.5):
                    self.assertFalse(validator.is_valid({**message, member: wrong}),
                                     (path, name, member, wrong))
                    spoilt += 1
            if "allOf" not in schema:
                self.assertFalse(validator.is_valid({**message, "further": 1}), path)
        self.assertGreater(spoilt, 100)

    def what_is_always_there_is_required(self):
        always = set()
        for name, objects in self.description.objects.items():
            optional = self.optional_members({"$ref": f"#/components/schemas/{name}"})
            always |= {(name, member) for member in optional
                       if all(member in members for members in objects)}
        self.assertEqual(always, ALWAYS_HERE)

    def optional_members(self, schema):
        parts = schema.get("allOf", [schema])
        whole = self.description.resolve(parts[0])
        return set(whole["properties"]) - set(whole["required"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
