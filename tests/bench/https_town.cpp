#include "tests/bench/https_town.h"

#include "shared/platform/clock.h"
#include "shared/platform/files.h"
#include "shared/platform/keys.h"
#include "shared/platform/os_chance.h"
#include "sync/protocol/event_json.h"
#include "sync/protocol/messages.h"
#include "sync/server/booking/execute.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <cstdio>
#include <sstream>

namespace mado::bench {

namespace {

using namespace server;

constexpr std::size_t kFileMax = 1u << 20;
constexpr int kSlotsADay = 4;
constexpr std::size_t kRowsAtOnce = 1000;

IoError broken(const std::string& what) {
    return IoError{IoError::Kind::Refused, what};
}

Result<Outcome, IoError> carry_out(Store& store, const Command& command, Instant now) {
    HoldingPolicy policy;
    policy.group_max = static_cast<int>(kSeatsForEachSeller);
    policy.day_percent_max = 100;
    auto outcomes = execute(store, std::span(&command, 1), policy, now);
    if (const auto* error = std::get_if<IoError>(&outcomes.front())) return fail(*error);
    if (const auto* refused = std::get_if<Refused>(&outcomes.front())) {
        return fail(broken(std::string(name_of(refused->reason))));
    }
    return std::move(outcomes.front());
}

Result<void, IoError> put_slots(Store& store, int sellers, Instant now) {
    const VaccineCode vaccine = *VaccineCode::parse("pfizer");
    Venue venue;
    venue.id = VenueId(1);
    venue.name = venue.name_en = venue.address = venue.telephone = "1";
    MADO_TRY(carry_out(store, PutVenues{{VenueEntry{venue, vaccine}}}, now));
    PutSlots slots;
    for (int i = 0; i < kSlots; ++i) {
        const Date date = date_in_japan(now) + std::chrono::days(1 + i / kSlotsADay);
        const TimeOfDay starts =
            std::chrono::hours(9) + std::chrono::minutes(15 * (i % kSlotsADay));
        slots.slots.push_back({VenueId(1), date, starts, std::chrono::minutes(15), vaccine,
                               static_cast<int>(kSeatsForEachSeller) * sellers});
    }
    MADO_TRY(carry_out(store, slots, now));
    return {};
}

Result<void, IoError> put_people(Store& store, std::int64_t people, Instant now) {
    const auto municipality = MunicipalityCode::parse("272205");
    const auto born = BirthDate::western(1939, 6, 14, date_in_japan(now));
    PutResidents put;
    for (std::int64_t i = 1; i <= people; ++i) {
        char digits[32];
        std::snprintf(digits, sizeof digits, "%010lld", static_cast<long long>(i));
        put.residents.push_back({Personal(Ticket{*municipality, *TicketNumber::parse(digits)}),
                                 Personal(*born),
                                 true,
                                 {}});
        if (put.residents.size() == kRowsAtOnce || i == people) {
            MADO_TRY(carry_out(store, put, now));
            put.residents.clear();
        }
    }
    return {};
}

Result<Seller, IoError> let_in(Store& store, const Authority& authority, int index, Instant now) {
    const PrivateKey key = PrivateKey::generate();
    const std::string name = "seller" + std::to_string(index);
    const std::string request = key.signing_request(name);
    const Digest code = sha256(bytes_of(name));
    const RequestedKey asked = MADO_TRY(read_signing_request(request));
    MADO_TRY(
        carry_out(store, AddCode{code, now + std::chrono::minutes(10), "kiosk", name, {}}, now));
    const Outcome pending =
        MADO_TRY(carry_out(store, RequestEnrolment{code, asked.key_digest, request}, now));
    const DeviceId id = std::get<DeviceStands>(pending).device.id;
    const std::string certificate = MADO_TRY(authority.issue_device(request, id, now));
    MADO_TRY(carry_out(store, ConfirmDevice{id, certificate, "-", Bytes(32, 1)}, now));
    RaiseLeases leases{id, {}};
    for (int slot = 1; slot <= kSlots; ++slot) {
        leases.wishes.push_back({SlotId(slot), kSeatsForEachSeller});
    }
    MADO_TRY(carry_out(store, leases, now));
    return Seller{id, certificate, key.pem(), EventNumber(0), kChainStart, 0};
}

std::filesystem::path file_of(const std::filesystem::path& town, std::size_t index,
                              const char* ending) {
    return town / "load" / ("seller" + std::to_string(index) + ending);
}

}  // namespace

Result<void, IoError> prepare(const std::filesystem::path& town, int sellers, std::int64_t people) {
    const TownFolder folder{town};
    const Instant now = SystemClock().now();
    const TownKeys keys = MADO_TRY(read_keys(folder));
    const auto store = MADO_TRY(open_sqlite_store(folder.database()));
    MADO_TRY(put_slots(*store, sellers, now));
    MADO_TRY(put_people(*store, people, now));
    std::error_code error;
    std::filesystem::create_directory(town / "load", error);
    std::vector<Seller> let;
    for (int i = 0; i < sellers; ++i) {
        let.push_back(MADO_TRY(let_in(*store, keys.authority, i, now)));
        const auto index = static_cast<std::size_t>(i);
        MADO_TRY(write_file(file_of(town, index, ".pem"), let.back().certificate,
                            Visibility::OwnerOnly));
        MADO_TRY(write_file(file_of(town, index, ".key"), let.back().key, Visibility::OwnerOnly));
    }
    MADO_TRY(keep_sellers(town, let));
    MADO_TRY(write_file(town / "load/nginx.pem",
                        keys.authority.issue_server(keys.server, {"127.0.0.1"}, now),
                        Visibility::OwnerOnly));
    return write_file(town / "load/nginx.key", keys.server.pem(), Visibility::OwnerOnly);
}

Result<std::vector<Seller>, IoError> load_sellers(const std::filesystem::path& town) {
    std::istringstream lines(MADO_TRY(read_file(town / "load/sellers", kFileMax)));
    std::vector<Seller> sellers;
    std::int64_t device = 0;
    std::int64_t last = 0;
    std::int64_t used = 0;
    std::string head;
    while (lines >> device >> last >> used >> head) {
        const auto bytes = from_hex(head);
        Seller seller;
        if (!bytes || bytes->size() != seller.head.size()) return fail(broken("load/sellers"));
        std::copy(bytes->begin(), bytes->end(), seller.head.begin());
        seller.device = DeviceId(device);
        seller.last = EventNumber(last);
        seller.people_used = used;
        seller.certificate = MADO_TRY(read_file(file_of(town, sellers.size(), ".pem"), kFileMax));
        seller.key = MADO_TRY(read_file(file_of(town, sellers.size(), ".key"), kFileMax));
        sellers.push_back(std::move(seller));
    }
    return sellers;
}

Result<void, IoError> keep_sellers(const std::filesystem::path& town,
                                   const std::vector<Seller>& sellers) {
    std::string text;
    for (const Seller& seller : sellers) {
        text += seller.device.text() + " " + seller.last.text() + " " +
                std::to_string(seller.people_used) + " " + to_hex(seller.head) + "\n";
    }
    return write_file(town / "load/sellers", text, Visibility::OwnerOnly);
}

std::string next_push(Seller& seller, std::size_t index, std::size_t sellers) {
    Event event;
    event.decided_at = SystemClock().now();
    OsChance().fill(event.nonce);
    const EventNumber number(seller.last.number() + 1);
    const auto own = static_cast<std::int64_t>(index);
    Booking booking;
    booking.id = {seller.device, number};
    booking.person = PersonId(1 + own + seller.people_used * static_cast<std::int64_t>(sellers));
    booking.slot = SlotId(1 + (own + seller.people_used) % kSlots);
    event.body = Booked{booking, 1 + seller.people_used / kSlots};
    ++seller.people_used;
    const Envelope envelope{seller.device, number, seller.head, sync::write_event(event)};
    seller.last = number;
    seller.head = envelope.hash();
    return sync::to_json(sync::PushRequest{{envelope}});
}

}  // namespace mado::bench
