#include "tests/unit/api/town_fixture.h"

#include "sync/protocol/event_json.h"
#include "sync/server/booking/execute.h"
#include "sync/server/store/sqlite_store.h"

#include <gtest/gtest.h>

namespace mado::server {

namespace {

Digest digest_of(const PrivateKey& key) {
    return read_signing_request(key.signing_request("a kiosk"))->key_digest;
}

ResidentRow a_row(const std::string& digits) {
    return ResidentRow{
        Personal(tests::a_ticket(digits)), Personal(tests::a_birth_date()), true, {}};
}

}  // namespace

TownFixture::TownFixture() : authority(Authority::create("みどり市", tests::now())) {
    const auto file = folder / "town.db";
    EXPECT_TRUE(create_sqlite_store(file, 1).ok());
    store = open_sqlite_store(file).value();
    command(SetTown{tests::a_town()});
    PutVaccines vaccines;
    for (const auto& [code, vaccine] : tests::vaccines())
        vaccines.vaccines.push_back(vaccine);
    command(vaccines);
    command(PutVenues{{VenueEntry{tests::a_venue(1), tests::a_vaccine_code()}}});
    command(PutSlots{{PlannedSlot{VenueId(1), tests::in_days(7), tests::a_time("09:30"),
                                  std::chrono::minutes(15), tests::a_vaccine_code(), 40}}});
    command(PutResidents{{a_row("0000123456"), a_row("0000123457")}});

    EXPECT_TRUE(Snapshots::prepare(folder / "rosters").ok());
    Backend backend;
    backend.submit = [this](Command asked, const CommandQueue::Done& done) {
        if (queue_is_full) return false;
        done(command(asked));
        return true;
    };
    backend.open_reads = [file] { return open_sqlite_reads(file); };
    backend.in_background = [this](const std::function<void()>& work) {
        if (background_is_full) return false;
        work();
        return true;
    };
    backend.healthy = [this] { return healthy; };
    backend.store_is_old = [this](DeviceId seen_by) { store_is_old_for.push_back(seen_by); };
    backend.sign = [this](std::span<const std::uint8_t> bytes) {
        return authority.key().sign(bytes);
    };
    backend.town_key = authority.key().public_key();
    backend.clock = &clock;
    backend.rosters = folder / "rosters";
    backend.authority = authority.certificate();
    routes = std::make_unique<Routes>(std::move(backend), RouteLimits{});
    routes->announce("town.example:8444");
    key_digest = digest_of(key);
    device = enrol(key, "0123456789ABCDEFGHJK");
    EXPECT_TRUE(routes->feed_moved().ok());
}

Outcome TownFixture::command(const Command& command) {
    return execute(*store, command, clock.now());
}

Device TownFixture::enrol(const PrivateKey& with, const std::string& secret) {
    return enrol(with, secret, VenueId(1));
}

Device TownFixture::enrol(const PrivateKey& with, const std::string& secret,
                          std::optional<VenueId> venue) {
    const Digest code = sha256(bytes_of(secret));
    const std::string request = with.signing_request("a kiosk");
    command(AddCode{code, clock.now() + std::chrono::minutes(10), "kiosk", "ロビー", venue});
    const Outcome asked = command(RequestEnrolment{code, digest_of(with), request});
    const DeviceId id = std::get<DeviceStands>(asked).device.id;
    const auto certificate = authority.issue_device(request, id, clock.now());
    const Outcome let_in = command(ConfirmDevice{id, *certificate, "endorsement", Bytes(32, 7)});
    return std::get<DeviceStands>(let_in).device;
}

std::optional<Reply> TownFixture::ask(Request request) {
    auto reply = std::make_shared<std::optional<Reply>>();
    routes->handle(std::move(request), [reply](Reply given) { *reply = std::move(given); });
    return *reply;
}

Request TownFixture::get(const std::string& target) const {
    return Request{Door::Devices, "GET", target, "", "", key_digest};
}

Request TownFixture::post(const std::string& target, std::string body) const {
    return Request{Door::Devices, "POST", target, "application/json", std::move(body), key_digest};
}

Envelope a_started_event(DeviceId device) {
    Nonce nonce{};
    nonce.fill(9);
    return {device, EventNumber(1), kChainStart,
            sync::write_event(Event{tests::now(), nonce, Started{}})};
}

Envelope a_call_event(DeviceId device) {
    Nonce nonce{};
    return {device, EventNumber(1), kChainStart,
            sync::write_event(Event{tests::now(), nonce, StaffCalled{}})};
}

Envelope a_booking_event(DeviceId device, std::int64_t number, const Digest& previous,
                         std::int64_t person, std::int64_t slot, std::int64_t used) {
    Nonce nonce{};
    nonce.fill(static_cast<std::uint8_t>(number));
    Booking booking;
    booking.id = {device, EventNumber(number)};
    booking.person = PersonId(person);
    booking.slot = SlotId(slot);
    return {device, EventNumber(number), previous,
            sync::write_event(Event{tests::now(), nonce, Booked{booking, used}})};
}

}  // namespace mado::server
