#include "tests/unit/protocol/samples.h"

#include "shared/base/text.h"
#include "sync/protocol/event_json.h"
#include "tests/support/builders.h"

#include <algorithm>
#include <memory>

namespace mado::tests {

namespace {

using namespace mado::sync;

constexpr const char* kPem = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n";

template <class Parse>
Door door(std::string name, std::string json, Parse parse) {
    return {std::move(name), std::move(json),
            [parse](std::string_view text) -> std::optional<WireError> {
                const auto parsed = parse(text);
                if (parsed.ok()) return {};
                return parsed.error();
            }};
}

}  // namespace

Result<RosterFileView, IoError> view_of(std::string_view roster_file) {
    const std::shared_ptr<std::uint8_t[]> copy(new std::uint8_t[roster_file.size()]);
    std::ranges::copy(roster_file, copy.get());
    return RosterFileView::of(copy, roster_file.size());
}

EnrolRequest an_enrol_request() {
    return {"0123456789ABCDEFGHJK", kPem, "kiosk", "公民館の入口"};
}

EnrolPending an_enrol_pending() {
    return {DeviceId(3), "a1b2 c3d4 e5f6 0718"};
}

EnrolGrant an_enrol_grant() {
    const std::array<std::uint8_t, 32> key = {1, 2, 3};
    const std::array<std::uint8_t, 64> endorsement = {4, 5, 6};
    return {DeviceId(3),
            kPem,
            kPem,
            to_base64url(endorsement),
            to_base64url(key),
            "booking.example:8444",
            "2"};
}

SignedHead a_signed_head() {
    SignedHead head{2, EventNumber(41), Digest{7, 8}, {}};
    head.signature.fill(0xA5);
    return head;
}

PushRequest a_push_request() {
    Envelope first{DeviceId(3), EventNumber(41), Digest{7, 8}, R"({"kind":"started"})"};
    Envelope second{DeviceId(3), EventNumber(42), Digest{9}, "とても \"古い\" \\ 行\n"};
    return {{first, second}, a_signed_head(), true};
}

PushAnswer a_push_answer() {
    const Answer taken{EventNumber(41), Answer::Verdict::Accepted, "", {2, 100}};
    const Answer looked_at{EventNumber(42), Answer::Verdict::Worklist, "doubled", {2, 101}};
    const Answer kept{EventNumber(43), Answer::Verdict::Aside, "unknown-kind", {2, 102}};
    return {{taken, looked_at, kept}, EventNumber(44), true, now()};
}

Application an_application() {
    return {{DeviceId(3), EventNumber(128)}, PersonId(1), 1, {SlotId(2), SlotId(1)}, {}};
}

ChangesPage a_changes_page() {
    const SealedResident sealed{std::string("\0\x01\xFF 4567", 8), std::string(27, '\x80')};
    std::vector<WireChange> rows = {TownChanged{a_town()},
                                    VaccineChanged{a_vaccine()},
                                    VenueChanged{a_venue()},
                                    SlotChanged{a_slot()},
                                    BookingChanged{a_booking()},
                                    ApplicationChanged{an_application()},
                                    LeaseChanged{DeviceId(3), SlotId(1), 9},
                                    CallChanged{{{DeviceId(3), EventNumber(7)}, {}, now()}},
                                    SettingsChanged{},
                                    TextChanged{{{"ja", "welcome.title"}, "ようこそ", ""}},
                                    sealed,
                                    Withheld{}};
    return {{2, 100}, 112, std::move(rows), now(), a_signed_head()};
}

LeaseRequest a_lease_request() {
    return {{{SlotId(1), 12}, {SlotId(2), 0}}};
}

LeaseAnswer a_lease_answer() {
    return {{{SlotId(1), 12}}, now()};
}

Snapshot a_snapshot() {
    return {{2, 100},
            a_town(),
            {a_vaccine("pfizer"), a_vaccine("moderna")},
            {a_venue(1), a_venue(2)},
            {a_slot(1), a_slot(2)},
            {a_booking(1), a_booking(2)},
            {{SlotId(1), Lease{9, 4}}},
            EventNumber(40),
            {"2-100", 175, Digest{1, 2, 3}},
            now()};
}

Refusal a_refusal() {
    return {"not-enrolled", "This device is not enrolled."};
}

ResidentChanged a_resident_row() {
    return {Personal<Ticket>(a_ticket()), a_resident_after_dose(1, in_days(-20))};
}

Event an_event(EventBody body) {
    Nonce nonce{};
    for (std::size_t i = 0; i < nonce.size(); ++i)
        nonce[i] = static_cast<std::uint8_t>(i * 17);
    return {now(), nonce, std::move(body)};
}

std::vector<Door> doors() {
    const auto push = [](std::string_view text) { return parse_push_request(text, DeviceId(3)); };
    std::vector<Door> all;
    all.push_back(door("enrol request", to_json(an_enrol_request()), parse_enrol_request));
    all.push_back(door("enrol pending", to_json(an_enrol_pending()), parse_enrol_pending));
    all.push_back(door("enrol grant", to_json(an_enrol_grant()), parse_enrol_grant));
    all.push_back(door("push request", to_json(a_push_request()), push));
    all.push_back(door("push answer", to_json(a_push_answer()), parse_push_answer));
    all.push_back(door("changes page", to_json(a_changes_page()), parse_changes_page));
    all.push_back(door("lease request", to_json(a_lease_request()), parse_lease_request));
    all.push_back(door("lease answer", to_json(a_lease_answer()), parse_lease_answer));
    all.push_back(door("snapshot", to_json(a_snapshot()), parse_snapshot));
    all.push_back(door("refusal", to_json(a_refusal()), parse_refusal));
    all.push_back(door("resident row", to_json(Change(a_resident_row())), parse_change));
    all.push_back(door("started", write_event(an_event(Started{})), read_event));
    all.push_back(door("booked", write_event(an_event(Booked{a_booking(), 4})), read_event));
    all.push_back(door("changed",
                       write_event(an_event(Booked{a_booking(), 4, as_seen(a_booking(126))})),
                       read_event));
    all.push_back(door("cancel-wished",
                       write_event(an_event(CancelWished{as_seen(a_booking()), PersonId(1)})),
                       read_event));
    all.push_back(door("applied", write_event(an_event(Applied{an_application()})), read_event));
    const ApplicationWithdrawn withdrawn{an_application().id, PersonId(1)};
    all.push_back(door("application-withdrawn", write_event(an_event(withdrawn)), read_event));
    const BookingId booking{DeviceId(3), EventNumber(127)};
    all.push_back(door("slip", write_event(an_event(SlipPrinted{booking, true})), read_event));
    all.push_back(door("staff-called", write_event(an_event(StaffCalled{})), read_event));
    all.push_back(door("staff-call-ended", write_event(an_event(StaffCallEnded{EventNumber(7)})),
                       read_event));
    all.push_back(door("seats", write_event(an_event(SeatsReturned{SlotId(1), 9})), read_event));
    return all;
}

}  // namespace mado::tests
